// A linked list that calls add to and search. Of two entries added at once one can be lost.
#include <Python.h>
#include <string.h>

struct alias {
  struct alias *next;
  int code;
  char name[32];
};

static struct alias *aliases;  // expect: static-container

static PyObject *add(PyObject *module, PyObject *args) {
  const char *name;
  int code;
  if (!PyArg_ParseTuple(args, "si", &name, &code)) {
    return NULL;
  }
  struct alias *alias = PyMem_RawCalloc(1, sizeof(struct alias));
  if (alias == NULL) {
    return PyErr_NoMemory();
  }
  strncpy(alias->name, name, sizeof(alias->name) - 1);
  alias->code = code;
  alias->next = aliases;
  aliases = alias;
  Py_RETURN_NONE;
}

static PyObject *find(PyObject *module, PyObject *args) {
  const char *name;
  int code = -1;
  if (!PyArg_ParseTuple(args, "s", &name)) {
    return NULL;
  }
  for (struct alias *alias = aliases; alias != NULL && code < 0; alias = alias->next) {
    if (strcmp(alias->name, name) == 0) {
      code = alias->code;
    }
  }
  return PyLong_FromLong(code);
}

static PyMethodDef methods[] = {
    {"add", add, METH_VARARGS, NULL},
    {"find", find, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_container_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_bad(void) {
  return PyModuleDef_Init(&definition);
}

// The module of bad.c; a lock stands around every use of the list.
#include <Python.h>
#include <string.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;

struct alias {
  struct alias *next;
  int code;
  char name[32];
};

static struct alias *aliases;

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
  PyMutex_Lock(&lock);
  alias->next = aliases;
  aliases = alias;
  PyMutex_Unlock(&lock);
  Py_RETURN_NONE;
}

static PyObject *find(PyObject *module, PyObject *args) {
  const char *name;
  int code = -1;
  if (!PyArg_ParseTuple(args, "s", &name)) {
    return NULL;
  }
  PyMutex_Lock(&lock);
  for (struct alias *alias = aliases; alias != NULL && code < 0; alias = alias->next) {
    if (strcmp(alias->name, name) == 0) {
      code = alias->code;
    }
  }
  PyMutex_Unlock(&lock);
  return PyLong_FromLong(code);
}

static PyMethodDef methods[] = {
    {"add", add, METH_VARARGS, NULL},
    {"find", find, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_container_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_good(void) {
  return PyModuleDef_Init(&definition);
}

// A table that calls change and read. A reader sees one row before and one after the change.
#include <Python.h>

#define COUNT 3

static struct {
  const char *const name;
  int level;
  int changes;
} channels[COUNT] = {  // expect: mutable-static-table
    {"left", 5, 0},
    {"right", 5, 0},
    {"centre", 7, 0},
};

static PyObject *set_level(PyObject *module, PyObject *args) {
  const char *name;
  int level;
  if (!PyArg_ParseTuple(args, "si", &name, &level)) {
    return NULL;
  }
  for (size_t i = 0; i < COUNT; i++) {
    if (strcmp(channels[i].name, name) == 0) {
      channels[i].level = level;
      channels[i].changes += 1;
    }
  }
  Py_RETURN_NONE;
}

static PyObject *loudest(PyObject *module, PyObject *unused) {
  size_t best = 0;
  for (size_t i = 1; i < COUNT; i++) {
    if (channels[i].level > channels[best].level) {
      best = i;
    }
  }
  const char *name = channels[best].name;
  return PyUnicode_FromString(name);
}

static PyMethodDef methods[] = {
    {"set_level", set_level, METH_VARARGS, NULL},
    {"loudest", loudest, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_table_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_bad(void) {
  return PyModuleDef_Init(&definition);
}

// A copy of a static struct of objects is changed; the static one is filled on import.
#include <Python.h>

typedef struct {
  PyObject *encoding;
  PyObject *errors;
} Options;

static Options defaults;

static int exec_module(PyObject *module) {
  defaults.encoding = PyUnicode_FromString("utf-8");
  defaults.errors = PyUnicode_FromString("strict");
  return defaults.encoding == NULL || defaults.errors == NULL ? -1 : 0;
}

static PyObject *options(PyObject *module, PyObject *errors) {
  Options mine = defaults;
  if (errors != Py_None) {
    mine.errors = errors;
  }
  return PyTuple_Pack(2, mine.encoding, mine.errors);
}

static PyMethodDef methods[] = {
    {"options", options, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_object_struct_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_struct_good(void) {
  return PyModuleDef_Init(&definition);
}

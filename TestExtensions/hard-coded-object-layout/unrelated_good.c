// Fields of such a kind in a struct that is no object.
#include <Python.h>

struct mirror {
  Py_ssize_t length;
  PyTypeObject *type;
  long value;
};

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static int exec_module(PyObject *module) {
  struct mirror entry = {1, &PyLong_Type, 2};
  return PyModule_AddIntConstant(module, "read", entry.value + (long)entry.length);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "object_layout_unrelated_good",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_object_layout_unrelated_good(void) {
  return PyModuleDef_Init(&definition);
}

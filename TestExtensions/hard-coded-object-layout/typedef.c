// A mirror without a tag, with other names for the fields.
#include <Python.h>

typedef struct {  // expect: hard-coded-object-layout
  Py_ssize_t ob_refcnt;
  struct _typeobject *ob_type;
  Py_ssize_t ob_size;
  void *items[1];
} mirror;

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static long read_value(PyObject *object) {
  return ((mirror *)object)->ob_size;
}

static int exec_module(PyObject *module) {
  PyObject *number = PyLong_FromLong(1);
  if (number == NULL) {
    return -1;
  }
  long read = read_value(number);
  Py_DECREF(number);
  return PyModule_AddIntConstant(module, "read", read);
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
    .m_name = "object_layout_typedef",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_object_layout_typedef(void) {
  return PyModuleDef_Init(&definition);
}

// The increment is in a macro.
#include <Python.h>

#define NEXT(counter) (++(counter))
#define STAMP(node) ((node)->stamp = NEXT(stamp))

static unsigned long long stamp;  // expect: unsynchronised-static-scalar

struct node {
  unsigned long long stamp;
};

static PyObject *touch(PyObject *module, PyObject *unused) {
  struct node node;
  STAMP(&node);
  return PyLong_FromUnsignedLongLong(node.stamp);
}

static PyMethodDef methods[] = {
    {"touch", touch, METH_NOARGS, NULL},
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
    .m_name = "unsynchronised_static_scalar_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_macro(void) {
  return PyModuleDef_Init(&definition);
}

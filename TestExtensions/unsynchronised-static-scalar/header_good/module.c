// The variable in the header is atomic.
#include <Python.h>
#include "depth.h"

static PyObject *set_limit(PyObject *module, PyObject *value) {
  long limit = PyLong_AsLong(value);
  if (limit == -1 && PyErr_Occurred()) {
    return NULL;
  }
  depth_set((int)limit);
  Py_RETURN_NONE;
}

static PyObject *may_enter(PyObject *module, PyObject *depth) {
  return PyBool_FromLong(PyLong_AsLong(depth) < depth_get());
}

static PyMethodDef methods[] = {
    {"set_limit", set_limit, METH_O, NULL},
    {"may_enter", may_enter, METH_O, NULL},
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
    .m_name = "unsynchronised_static_scalar_header_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_header_good(void) {
  return PyModuleDef_Init(&definition);
}

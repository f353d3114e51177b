// A depth for each thread.
#include <Python.h>

static _Thread_local int depth;
static const int limit = 50;

static PyObject *nested(PyObject *module, PyObject *function) {
  if (depth >= limit) {
    PyErr_SetString(PyExc_RecursionError, "too deep");
    return NULL;
  }
  depth++;
  PyObject *result = PyObject_CallNoArgs(function);
  depth--;
  return result;
}

static PyMethodDef methods[] = {
    {"nested", nested, METH_O, NULL},
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
    .m_name = "unsynchronised_static_scalar_thread_local_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_thread_local_good(void) {
  return PyModuleDef_Init(&definition);
}

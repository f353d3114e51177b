// The counter is added to atomically, and set back and read as if no other thread were there.
#include <Python.h>

// expect: mixed-atomic-access
static long requests;  // expect: unsynchronised-static-scalar

static PyObject *handle(PyObject *module, PyObject *request) {
  __atomic_fetch_add(&requests, 1, __ATOMIC_RELAXED);
  return PyObject_Str(request);
}

static PyObject *take_count(PyObject *module, PyObject *unused) {
  long count = requests;
  requests = 0;
  return PyLong_FromLong(count);
}

static PyMethodDef methods[] = {
    {"handle", handle, METH_O, NULL},
    {"take_count", take_count, METH_NOARGS, NULL},
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
    .m_name = "mixed_atomic_access_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mixed_atomic_access_bad(void) {
  return PyModuleDef_Init(&definition);
}

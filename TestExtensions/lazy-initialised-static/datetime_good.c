// The C API of datetime is Python's own to fetch; the call may stand in an entry point.
#include <Python.h>
#include <datetime.h>

static PyObject *epoch(PyObject *module, PyObject *unused) {
  PyDateTime_IMPORT;
  if (PyErr_Occurred()) {
    return NULL;
  }
  return PyDate_FromDate(1970, 1, 1);
}

static PyMethodDef methods[] = {
    {"epoch", epoch, METH_NOARGS, NULL},
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
    .m_name = "lazy_initialised_static_datetime_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_datetime_good(void) {
  return PyModuleDef_Init(&definition);
}

// Free-threaded builds have an atomic type for the counter, behind a typedef.
#include <Python.h>

#ifdef Py_GIL_DISABLED
#include <stdatomic.h>
typedef _Atomic long counter_t;
#else
typedef long counter_t;
#endif

static counter_t sequence;

static PyObject *next_number(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(++sequence);
}

static PyMethodDef methods[] = {
    {"next_number", next_number, METH_NOARGS, NULL},
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
    .m_name = "unsynchronised_static_scalar_ifdef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_ifdef_good(void) {
  return PyModuleDef_Init(&definition);
}

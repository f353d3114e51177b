// Python's own atomic functions, which are in its header from 3.13 on.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
#define _Py_atomic_add_int(object, value) ((*(object) += (value)) - (value))
#define _Py_atomic_load_int_relaxed(object) (*(object))
#define _Py_atomic_store_int_relaxed(object, value) (*(object) = (value))
#endif

static int serial;
static int strict;

static PyObject *next_serial(PyObject *module, PyObject *unused) {
  int mine = _Py_atomic_add_int(&serial, 1);
  return PyLong_FromLong(_Py_atomic_load_int_relaxed(&strict) ? mine : -mine);
}

static PyObject *set_strict(PyObject *module, PyObject *flag) {
  int value = PyObject_IsTrue(flag);
  if (value < 0) {
    return NULL;
  }
  _Py_atomic_store_int_relaxed(&strict, value);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"next_serial", next_serial, METH_NOARGS, NULL},
    {"set_strict", set_strict, METH_O, NULL},
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
    .m_name = "unsynchronised_static_scalar_python_atomics_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_python_atomics_good(void) {
  return PyModuleDef_Init(&definition);
}

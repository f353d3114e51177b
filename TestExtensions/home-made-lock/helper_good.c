// The helpers exchange and store atomically.
#include <Python.h>

static int in_use;

static int try_lock(int *flag) {
  return __atomic_exchange_n(flag, 1, __ATOMIC_ACQUIRE) == 0;
}

static void unlock(int *flag) {
  __atomic_store_n(flag, 0, __ATOMIC_RELEASE);
}

static PyObject *run(PyObject *module, PyObject *function) {
  if (!try_lock(&in_use)) {
    PyErr_SetString(PyExc_RuntimeError, "in use");
    return NULL;
  }
  PyObject *result = PyObject_CallNoArgs(function);
  unlock(&in_use);
  return result;
}

static PyMethodDef methods[] = {
    {"run", run, METH_O, NULL},
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
    .m_name = "home_made_lock_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_helper_good(void) {
  return PyModuleDef_Init(&definition);
}

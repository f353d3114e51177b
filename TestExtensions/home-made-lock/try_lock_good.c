// A lock that is not waited for says whether the function is in use.
#include <Python.h>

static PyThread_type_lock lock;

static int exec_module(PyObject *module) {
  lock = PyThread_allocate_lock();
  return lock == NULL ? -1 : 0;
}

static PyObject *run(PyObject *module, PyObject *function) {
  if (!PyThread_acquire_lock(lock, NOWAIT_LOCK)) {
    PyErr_SetString(PyExc_RuntimeError, "in use");
    return NULL;
  }
  PyObject *result = PyObject_CallNoArgs(function);
  PyThread_release_lock(lock);
  return result;
}

static PyMethodDef methods[] = {
    {"run", run, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "home_made_lock_try_lock_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_try_lock_good(void) {
  return PyModuleDef_Init(&definition);
}

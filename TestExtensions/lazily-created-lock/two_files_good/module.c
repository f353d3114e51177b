// The lock is defined here; lock.c makes it when the exec function asks for it.
#include <Python.h>

PyThread_type_lock lazily_created_lock_two_files_good_lock;

int lazily_created_lock_two_files_good_make(void);

static long count;

static int exec_module(PyObject *module) {
  return lazily_created_lock_two_files_good_make();
}

static PyObject *step(PyObject *module, PyObject *unused) {
  PyThread_acquire_lock(lazily_created_lock_two_files_good_lock, WAIT_LOCK);
  long now = ++count;
  PyThread_release_lock(lazily_created_lock_two_files_good_lock);
  return PyLong_FromLong(now);
}

static PyMethodDef methods[] = {
    {"step", step, METH_NOARGS, NULL},
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
    .m_name = "lazily_created_lock_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}

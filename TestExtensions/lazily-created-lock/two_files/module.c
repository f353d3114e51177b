// The lock is defined here; lock.c makes it when it is first taken.
#include <Python.h>

PyThread_type_lock lazily_created_lock_two_files_lock;  // expect: lazily-created-lock

void lazily_created_lock_two_files_acquire(void);

static long count;

static PyObject *step(PyObject *module, PyObject *unused) {
  lazily_created_lock_two_files_acquire();
  long now = ++count;
  PyThread_release_lock(lazily_created_lock_two_files_lock);
  return PyLong_FromLong(now);
}

static PyMethodDef methods[] = {
    {"step", step, METH_NOARGS, NULL},
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
    .m_name = "lazily_created_lock_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_two_files(void) {
  return PyModuleDef_Init(&definition);
}

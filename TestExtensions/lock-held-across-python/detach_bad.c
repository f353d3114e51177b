// The lock is taken attached, and under it the thread detaches: whoever waits stays attached for so long.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <unistd.h>

static PyThread_type_lock journal_lock;

static int exec_module(PyObject *module) {
  journal_lock = PyThread_allocate_lock();
  return journal_lock == NULL ? -1 : 0;
}

static PyObject *append(PyObject *module, PyObject *args) {
  int fd;
  Py_buffer record;
  if (!PyArg_ParseTuple(args, "iy*", &fd, &record)) {
    return NULL;
  }
  ssize_t put;
  PyThread_acquire_lock(journal_lock, WAIT_LOCK);  // expect: lock-held-across-python
  Py_BEGIN_ALLOW_THREADS
  put = write(fd, record.buf, record.len);
  Py_END_ALLOW_THREADS
  PyThread_release_lock(journal_lock);
  PyBuffer_Release(&record);
  if (put < 0) {
    return PyErr_SetFromErrno(PyExc_OSError);
  }
  return PyLong_FromSsize_t(put);
}

static PyMethodDef methods[] = {
    {"append", append, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lock_held_across_python_detach_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_detach_bad(void) {
  return PyModuleDef_Init(&definition);
}

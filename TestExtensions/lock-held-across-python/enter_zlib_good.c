// Who finds the lock taken detaches before waiting, as CPython's zlib did; nothing runs Python under it.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <unistd.h>

static PyThread_type_lock journal_lock;

#define ENTER_JOURNAL()                                    \
  do {                                                     \
    if (!PyThread_acquire_lock(journal_lock, NOWAIT_LOCK)) { \
      Py_BEGIN_ALLOW_THREADS                               \
      PyThread_acquire_lock(journal_lock, WAIT_LOCK);      \
      Py_END_ALLOW_THREADS                                 \
    }                                                      \
  } while (0)
#define LEAVE_JOURNAL() PyThread_release_lock(journal_lock)

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
  ENTER_JOURNAL();
  Py_BEGIN_ALLOW_THREADS
  put = write(fd, record.buf, record.len);
  Py_END_ALLOW_THREADS
  LEAVE_JOURNAL();
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lock_held_across_python_enter_zlib_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_enter_zlib_good(void) {
  return PyModuleDef_Init(&definition);
}

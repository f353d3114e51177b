// Inside the region the thread attaches for each look at the signals, and at an early exit.
#include <Python.h>
#include <errno.h>
#include <unistd.h>

static PyObject *drain(PyObject *module, PyObject *args) {
  int fd;
  if (!PyArg_ParseTuple(args, "i", &fd)) {
    return NULL;
  }
  char block[512];
  Py_ssize_t total = 0;
  ssize_t got;
  Py_BEGIN_ALLOW_THREADS
  for (;;) {
    got = read(fd, block, sizeof block);
    if (got > 0) {
      total += got;
      continue;
    }
    if (got == 0) {
      break;
    }
    if (errno == EINTR) {
      Py_BLOCK_THREADS
      if (PyErr_CheckSignals() < 0) {
        return NULL;
      }
      Py_UNBLOCK_THREADS
      continue;
    }
    Py_BLOCK_THREADS
    PyErr_SetFromErrno(PyExc_OSError);
    return NULL;
  }
  Py_END_ALLOW_THREADS
  return PyLong_FromSsize_t(total);
}

static PyMethodDef methods[] = {
    {"drain", drain, METH_VARARGS, NULL},
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
    .m_name = "python_api_while_detached_block_threads_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_block_threads_good(void) {
  return PyModuleDef_Init(&definition);
}

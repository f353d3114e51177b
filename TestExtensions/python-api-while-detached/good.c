// The module of bad.c; the exception is set when the thread is attached again.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static PyObject *checksum(PyObject *module, PyObject *args) {
  const char *path;
  if (!PyArg_ParseTuple(args, "s", &path)) {
    return NULL;
  }
  unsigned long sum = 0;
  int error = 0;
  Py_BEGIN_ALLOW_THREADS
  unsigned char block[4096];
  ssize_t got = 0;
  int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    error = errno;
  } else {
    while ((got = read(fd, block, sizeof block)) > 0) {
      for (ssize_t i = 0; i < got; i++) {
        sum = sum * 31 + block[i];
      }
    }
    error = got < 0 ? errno : 0;
    close(fd);
  }
  Py_END_ALLOW_THREADS
  if (error != 0) {
    errno = error;
    return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
  }
  return PyLong_FromUnsignedLong(sum);
}

static PyMethodDef methods[] = {
    {"checksum", checksum, METH_VARARGS, NULL},
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
    .m_name = "python_api_while_detached_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_good(void) {
  return PyModuleDef_Init(&definition);
}

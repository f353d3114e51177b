// These come back at once: a poll that does not wait, a file on a disk, a child that is asked about.
#include <Python.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

static PyObject *readable(PyObject *module, PyObject *args) {
  struct pollfd entry = {.events = POLLIN};
  if (!PyArg_ParseTuple(args, "i", &entry.fd)) {
    return NULL;
  }
  int count = poll(&entry, 1, 0);
  if (count < 0) {
    return PyErr_SetFromErrno(PyExc_OSError);
  }
  return PyBool_FromLong(count > 0);
}

static PyObject *random_bytes(PyObject *module, PyObject *unused) {
  char bytes[16];
  int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
  if (fd < 0) {
    return PyErr_SetFromErrno(PyExc_OSError);
  }
  ssize_t got = read(fd, bytes, sizeof bytes);
  close(fd);
  return got < 0 ? PyErr_SetFromErrno(PyExc_OSError) : PyBytes_FromStringAndSize(bytes, got);
}

static PyObject *has_ended(PyObject *module, PyObject *args) {
  int child, status;
  if (!PyArg_ParseTuple(args, "i", &child)) {
    return NULL;
  }
  return PyBool_FromLong(waitpid(child, &status, WNOHANG) > 0);
}

static PyMethodDef methods[] = {
    {"readable", readable, METH_VARARGS, NULL},
    {"random_bytes", random_bytes, METH_NOARGS, NULL},
    {"has_ended", has_ended, METH_VARARGS, NULL},
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
    .m_name = "blocking_while_attached_short_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_blocking_while_attached_short_good(void) {
  return PyModuleDef_Init(&definition);
}

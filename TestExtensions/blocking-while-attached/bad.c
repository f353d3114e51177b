// The thread waits for its peer while attached: the collector cannot stop the world until data come.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <sys/socket.h>

static PyObject *receive(PyObject *module, PyObject *args) {
  int fd;
  if (!PyArg_ParseTuple(args, "i", &fd)) {
    return NULL;
  }
  char block[1024];
  ssize_t got = recv(fd, block, sizeof block, 0);  // expect: blocking-while-attached
  if (got < 0) {
    return PyErr_SetFromErrno(PyExc_OSError);
  }
  return PyBytes_FromStringAndSize(block, got);
}

static PyMethodDef methods[] = {
    {"receive", receive, METH_VARARGS, NULL},
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
    .m_name = "blocking_while_attached_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_blocking_while_attached_bad(void) {
  return PyModuleDef_Init(&definition);
}

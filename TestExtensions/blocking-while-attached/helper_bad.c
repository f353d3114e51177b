// The device is polled by a helper that sleeps between two looks; nobody detached before.
#include <Python.h>
#include <sys/stat.h>
#include <unistd.h>

static int wait_for_file(const char *path, int tries) {
  struct stat found;
  while (tries-- > 0) {
    if (stat(path, &found) == 0) {
      return 1;
    }
    usleep(20000);  // expect: blocking-while-attached
  }
  return 0;
}

static PyObject *wait_file(PyObject *module, PyObject *args) {
  const char *path;
  int tries = 50;
  if (!PyArg_ParseTuple(args, "s|i", &path, &tries)) {
    return NULL;
  }
  return PyBool_FromLong(wait_for_file(path, tries));
}

static PyMethodDef methods[] = {
    {"wait_file", wait_file, METH_VARARGS, NULL},
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
    .m_name = "blocking_while_attached_helper_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_blocking_while_attached_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}

// The same helper, but who calls it has detached; the thread of the library is never attached.
#include <Python.h>
#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

static int wait_for_file(const char *path, int tries) {
  struct stat found;
  while (tries-- > 0) {
    if (stat(path, &found) == 0) {
      return 1;
    }
    usleep(20000);
  }
  return 0;
}

static PyObject *wait_file(PyObject *module, PyObject *args) {
  const char *path;
  int tries = 50, found;
  if (!PyArg_ParseTuple(args, "s|i", &path, &tries)) {
    return NULL;
  }
  Py_BEGIN_ALLOW_THREADS
  found = wait_for_file(path, tries);
  Py_END_ALLOW_THREADS
  return PyBool_FromLong(found);
}

static void *beat(void *unused) {
  for (int i = 0; i < 3; i++) {
    usleep(1000);
  }
  return NULL;
}

static PyObject *start_beat(PyObject *module, PyObject *unused) {
  pthread_t thread;
  if (pthread_create(&thread, NULL, beat, NULL) != 0) {
    PyErr_SetString(PyExc_RuntimeError, "no thread");
    return NULL;
  }
  pthread_detach(thread);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"wait_file", wait_file, METH_VARARGS, NULL},
    {"start_beat", start_beat, METH_NOARGS, NULL},
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
    .m_name = "blocking_while_attached_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_blocking_while_attached_helper_good(void) {
  return PyModuleDef_Init(&definition);
}

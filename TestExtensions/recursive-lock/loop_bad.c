// In the second turn the mutex of the first is still held.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex log_lock;
static char log_text[256];
static size_t log_used;

static PyObject *write_log(PyObject *module, PyObject *args) {
  const char *text;
  int times = 1;
  if (!PyArg_ParseTuple(args, "s|i", &text, &times)) {
    return NULL;
  }
  for (int i = 0; i < times; i++) {
    PyMutex_Lock(&log_lock);  // expect: recursive-lock
    for (const char *at = text; *at != '\0' && log_used < sizeof log_text; at++) {
      log_text[log_used++] = *at;
    }
  }
  if (times > 0) {
    PyMutex_Unlock(&log_lock);
  }
  Py_RETURN_NONE;
}

static PyObject *log_size(PyObject *module, PyObject *unused) {
  PyMutex_Lock(&log_lock);
  size_t used = log_used;
  PyMutex_Unlock(&log_lock);
  return PyLong_FromSize_t(used);
}

static PyMethodDef methods[] = {
    {"write_log", write_log, METH_VARARGS, NULL},
    {"log_size", log_size, METH_NOARGS, NULL},
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
    .m_name = "recursive_lock_loop_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_recursive_lock_loop_bad(void) {
  return PyModuleDef_Init(&definition);
}

// Functions of the package call it a lock, and a region that is detached takes it for its counters.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyGILState_STATE acquire_python_lock(void) { return PyGILState_Ensure(); }

static void release_python_lock(PyGILState_STATE state) { PyGILState_Release(state); }

static unsigned long histogram[256];  // expect: mutable-static-table

static void count_block(const unsigned char *bytes, Py_ssize_t size) {
  PyGILState_STATE lock = acquire_python_lock();  // expect: gil-state-as-mutex
  for (Py_ssize_t i = 0; i < size; i++) {
    histogram[bytes[i]]++;
  }
  release_python_lock(lock);
}

static PyObject *count(PyObject *module, PyObject *args) {
  const unsigned char *bytes;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "y#", &bytes, &size)) {
    return NULL;
  }
  Py_BEGIN_ALLOW_THREADS
  for (Py_ssize_t at = 0; at < size; at += 4096) {
    count_block(bytes + at, size - at < 4096 ? size - at : 4096);
  }
  Py_END_ALLOW_THREADS
  Py_RETURN_NONE;
}

static PyObject *most_frequent(PyObject *module, PyObject *unused) {
  int best = 0;
  for (int i = 1; i < 256; i++) {
    best = histogram[i] > histogram[best] ? i : best;
  }
  return PyLong_FromLong(best);
}

static PyMethodDef methods[] = {
    {"count", count, METH_VARARGS, NULL},
    {"most_frequent", most_frequent, METH_NOARGS, NULL},
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
    .m_name = "gil_state_as_mutex_helper_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_state_as_mutex_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}

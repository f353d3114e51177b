// The thread detaches only for much work, and attaches if it did: the two tests go together.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define BEGIN_THREADS(state, size) \
  if ((size) > 4096) {             \
    (state) = PyEval_SaveThread(); \
  }
#define END_THREADS(state)         \
  if ((state) != NULL) {           \
    PyEval_RestoreThread(state);   \
    (state) = NULL;                \
  }

static PyObject *count_bits(PyObject *module, PyObject *args) {
  PyThreadState *state = NULL;
  const unsigned char *bytes;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "y#", &bytes, &size)) {
    return NULL;
  }
  unsigned long bits = 0;
  BEGIN_THREADS(state, size)
  for (Py_ssize_t i = 0; i < size; i++) {
    for (unsigned value = bytes[i]; value != 0; value &= value - 1) {
      bits++;
    }
  }
  END_THREADS(state)
  if (bits == 0) {
    PyErr_SetString(PyExc_ValueError, "no bit is set");
    return NULL;
  }
  return PyLong_FromUnsignedLong(bits);
}

static PyMethodDef methods[] = {
    {"count_bits", count_bits, METH_VARARGS, NULL},
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
    .m_name = "python_api_while_detached_conditional_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_conditional_good(void) {
  return PyModuleDef_Init(&definition);
}

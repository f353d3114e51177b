// A helper detaches and another attaches; the exit for a damaged input comes between them.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static PyThreadState *leave_python(void) { return PyEval_SaveThread(); }

static void enter_python(PyThreadState *state) { PyEval_RestoreThread(state); }

static PyObject *decode(PyObject *module, PyObject *args) {
  const unsigned char *input;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "y#", &input, &size)) {
    return NULL;
  }
  unsigned long long value = 0;
  PyThreadState *state = leave_python();
  for (Py_ssize_t i = 0; i < size; i++) {
    if (i == 9) {
      PyErr_SetString(PyExc_OverflowError, "too long");  // expect: python-api-while-detached
      enter_python(state);
      return NULL;
    }
    value |= (unsigned long long)(input[i] & 0x7f) << (7 * i);
    if (input[i] < 0x80) {
      break;
    }
  }
  enter_python(state);
  return PyLong_FromUnsignedLongLong(value);
}

static PyMethodDef methods[] = {
    {"decode", decode, METH_VARARGS, NULL},
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
    .m_name = "python_api_while_detached_save_thread_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_save_thread_bad(void) {
  return PyModuleDef_Init(&definition);
}

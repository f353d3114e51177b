// Macros of the package detach; between them memory of the interpreter is allocated.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define ENTER_CODEC() { PyThreadState *saved_state = PyEval_SaveThread();
#define LEAVE_CODEC() PyEval_RestoreThread(saved_state); }

static PyObject *run_length(PyObject *module, PyObject *args) {
  const char *input;
  Py_ssize_t size, used = 0;
  if (!PyArg_ParseTuple(args, "y#", &input, &size)) {
    return NULL;
  }
  char *output;
  ENTER_CODEC()
  output = PyMem_Malloc(2 * size + 1);  // expect: python-api-while-detached
  if (output != NULL) {
    for (Py_ssize_t i = 0; i < size;) {
      Py_ssize_t run = 1;
      while (run < 255 && i + run < size && input[i + run] == input[i]) {
        run++;
      }
      output[used++] = (char)run;
      output[used++] = input[i];
      i += run;
    }
  }
  LEAVE_CODEC()
  if (output == NULL) {
    return PyErr_NoMemory();
  }
  PyObject *result = PyBytes_FromStringAndSize(output, used);
  PyMem_Free(output);
  return result;
}

static PyMethodDef methods[] = {
    {"run_length", run_length, METH_VARARGS, NULL},
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
    .m_name = "python_api_while_detached_macro_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_macro_bad(void) {
  return PyModuleDef_Init(&definition);
}

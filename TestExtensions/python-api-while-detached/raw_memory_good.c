// The raw allocator and functions of libc need no thread state.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#define ENTER_CODEC() { PyThreadState *saved_state = PyEval_SaveThread();
#define LEAVE_CODEC() PyEval_RestoreThread(saved_state); }

static PyObject *hex_dump(PyObject *module, PyObject *args) {
  const char *input;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "y#", &input, &size)) {
    return NULL;
  }
  char *output, *line;
  ENTER_CODEC()
  output = PyMem_RawMalloc(3 * size + 1);
  if (output != NULL) {
    char *at = output;
    for (Py_ssize_t i = 0; i < size; i++) {
      at += PyOS_snprintf(at, 4, "%02x ", (unsigned char)input[i]);
    }
    *at = '\0';
    line = PyMem_RawRealloc(output, at - output + 1);
    output = line != NULL ? line : output;
  }
  LEAVE_CODEC()
  if (output == NULL) {
    return PyErr_NoMemory();
  }
  PyObject *result = PyUnicode_FromString(output);
  PyMem_RawFree(output);
  return result;
}

static PyMethodDef methods[] = {
    {"hex_dump", hex_dump, METH_VARARGS, NULL},
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
    .m_name = "python_api_while_detached_raw_memory_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_raw_memory_good(void) {
  return PyModuleDef_Init(&definition);
}

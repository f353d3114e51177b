// A stream of the C library locks itself in every call.
#include <Python.h>
#include <stdio.h>

static FILE *log_file;

static int exec_module(PyObject *module) {
  log_file = fopen("/dev/null", "w");
  if (log_file == NULL) {
    PyErr_SetFromErrno(PyExc_OSError);
    return -1;
  }
  return 0;
}

static PyObject *log_line(PyObject *module, PyObject *args) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s", &text)) {
    return NULL;
  }
  fprintf(log_file, "%s\n", text);
  fflush(log_file);
  fwrite(text, 1, 0, stderr);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"log_line", log_line, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_library_handle_file_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_file_good(void) {
  return PyModuleDef_Init(&definition);
}

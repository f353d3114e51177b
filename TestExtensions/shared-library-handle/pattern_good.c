// A pattern that is compiled on import; matching takes it as pointer to const.
#include <Python.h>
#include <regex.h>

static regex_t number;

static int exec_module(PyObject *module) {
  if (regcomp(&number, "^[0-9]+$", REG_EXTENDED | REG_NOSUB) != 0) {
    PyErr_SetString(PyExc_RuntimeError, "bad pattern");
    return -1;
  }
  return 0;
}

static PyObject *is_number(PyObject *module, PyObject *args) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s", &text)) {
    return NULL;
  }
  return PyBool_FromLong(regexec(&number, text, 0, NULL, 0) == 0);
}

static PyMethodDef methods[] = {
    {"is_number", is_number, METH_VARARGS, NULL},
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
    .m_name = "shared_library_handle_pattern_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_pattern_good(void) {
  return PyModuleDef_Init(&definition);
}

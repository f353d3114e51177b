// What went wrong is left in variables of the thread.
#include <Python.h>

static _Thread_local int error_code;
static _Thread_local char error_text[80];

static void set_error(int code, const char *text) {
  error_code = code;
  strncpy(error_text, text, sizeof(error_text) - 1);
}

static int parse_digit(const char *text) {
  if (*text < '0' || *text > '9') {
    set_error(2, "not a digit");
    return -1;
  }
  return *text - '0';
}

static PyObject *to_digit(PyObject *module, PyObject *args) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s", &text)) {
    return NULL;
  }
  int value = parse_digit(text);
  if (value < 0) {
    return PyErr_Format(PyExc_ValueError, "%s (%d)", error_text, error_code);
  }
  return PyLong_FromLong(value);
}

static PyMethodDef methods[] = {
    {"to_digit", to_digit, METH_VARARGS, NULL},
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
    .m_name = "mutable_static_table_error_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_error_good(void) {
  return PyModuleDef_Init(&definition);
}

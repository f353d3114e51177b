// Static arrays that are only read: names of arguments, and an array passed as pointer to const.
#include <Python.h>

static unsigned char weights[] = {1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3};

static int check(const unsigned char *by, size_t count, const char *digits) {
  int sum = 0;
  for (size_t i = 0; i < count && digits[i] != 0; i++) {
    sum += by[i] * (digits[i] - '0');
  }
  return sum % 10 == 0;
}

static PyObject *is_valid(PyObject *module, PyObject *args, PyObject *kwargs) {
  static char *kwlist[] = {"digits", "strict", NULL};
  const char *digits;
  int strict = 0;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "s|p", kwlist, &digits, &strict)) {
    return NULL;
  }
  if (strict && strlen(digits) != sizeof(weights)) {
    Py_RETURN_FALSE;
  }
  return PyBool_FromLong(check(weights, sizeof(weights), digits));
}

static PyMethodDef methods[] = {
    {"is_valid", (PyCFunction)(void (*)(void))is_valid, METH_VARARGS | METH_KEYWORDS, NULL},
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
    .m_name = "static_scratch_buffer_arguments_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_arguments_good(void) {
  return PyModuleDef_Init(&definition);
}

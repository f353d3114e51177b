// One of two functions is chosen first and called after that.
#include <Python.h>

static PyObject *leading_letters(PyObject *module, PyObject *object) {
  char *(*data_of)(PyObject *);
  if (PyByteArray_Check(object)) {
    data_of = PyByteArray_AsString;
  } else {
    data_of = PyBytes_AsString;
  }
  // expect-missing: borrowed-mutable-buffer  what a pointer to a function of Python calls is not looked at
  const char *data = data_of(object);
  if (data == NULL) {
    return NULL;
  }
  long count = 0;
  while (data[count] >= 'a' && data[count] <= 'z') {
    count++;
  }
  return PyLong_FromLong(count);
}

static PyMethodDef methods[] = {
    {"leading_letters", leading_letters, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    // expect-missing: declared-safe-but-hazardous  the hazard is not found
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "borrowed_mutable_buffer_function_pointer",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_mutable_buffer_function_pointer(void) {
  return PyModuleDef_Init(&definition);
}

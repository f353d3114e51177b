// The table is defined in table.c, complete; this file hands it to a function that only reads.
#include <Python.h>

extern const char *const static_scratch_buffer_two_files_good_words[];
extern unsigned char static_scratch_buffer_two_files_good_order[3];

static long sum(const unsigned char *numbers, size_t count) {
  long total = 0;
  for (size_t i = 0; i < count; i++) {
    total += numbers[i];
  }
  return total;
}

static PyObject *word(PyObject *module, PyObject *index) {
  unsigned long i = PyLong_AsUnsignedLong(index);
  if (PyErr_Occurred()) {
    return NULL;
  }
  const char *text = static_scratch_buffer_two_files_good_words[i % 3];
  return Py_BuildValue("(sl)", text, sum(static_scratch_buffer_two_files_good_order, 3));
}

static PyMethodDef methods[] = {
    {"word", word, METH_O, NULL},
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
    .m_name = "static_scratch_buffer_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}

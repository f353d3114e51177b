// The atomic pointer is defined here; the function with both tests is in parser.c.
#include <Python.h>
#include <stdatomic.h>

char *_Atomic two_files_grammar;

const char *two_files_get_grammar(void);

static PyObject *grammar(PyObject *module, PyObject *unused) {
  const char *text = two_files_get_grammar();
  return text == NULL ? PyErr_NoMemory() : PyUnicode_FromString(text);
}

static PyMethodDef methods[] = {
    {"grammar", grammar, METH_NOARGS, NULL},
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
    .m_name = "double_checked_locking_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}

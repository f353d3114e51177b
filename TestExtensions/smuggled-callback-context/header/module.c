// The variable and the comparator are in a header.
#include <Python.h>
#include "alphabet.h"

static PyObject *sort_letters(PyObject *module, PyObject *args) {
  const char *text;
  char letters[33] = {0};
  char *alphabet;
  if (!PyArg_ParseTuple(args, "ss", &text, &alphabet)) {
    return NULL;
  }
  strncpy(letters, text, 32);
  current_alphabet = alphabet;
  qsort(letters, strlen(letters), 1, by_alphabet);
  return PyUnicode_FromString(letters);
}

static PyMethodDef methods[] = {
    {"sort_letters", sort_letters, METH_VARARGS, NULL},
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
    .m_name = "smuggled_callback_context_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_header(void) {
  return PyModuleDef_Init(&definition);
}

// The region is here; what it calls, in another file, uses the interpreter.
#define PY_SSIZE_T_CLEAN
#include "scanner.h"

static PyObject *count_words(PyObject *module, PyObject *args) {
  const char *text;
  Py_ssize_t size, words;
  if (!PyArg_ParseTuple(args, "s#", &text, &size)) {
    return NULL;
  }
  Py_BEGIN_ALLOW_THREADS
  words = detached_api_scan(text, size);
  Py_END_ALLOW_THREADS
  if (words < 0) {
    return NULL;
  }
  return PyLong_FromSsize_t(words);
}

static PyMethodDef methods[] = {
    {"count_words", count_words, METH_VARARGS, NULL},
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
    .m_name = "python_api_while_detached_two_files_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_two_files_bad(void) {
  return PyModuleDef_Init(&definition);
}

// A macro sets the locale for a conversion and sets it back: all other threads work with it meanwhile.
#include <Python.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#define BEGIN_C_LOCALE                                   \
  {                                                      \
    char *saved_locale = strdup(setlocale(LC_NUMERIC, NULL)); \
    setlocale(LC_NUMERIC, "C");
#define END_C_LOCALE                     \
  setlocale(LC_NUMERIC, saved_locale);   \
  free(saved_locale);                    \
  }

static PyObject *parse_number(PyObject *module, PyObject *argument) {
  const char *text = PyUnicode_AsUTF8(argument);
  if (text == NULL) {
    return NULL;
  }
  char *end;
  double value;
  BEGIN_C_LOCALE  // expect: libc-not-thread-safe
  value = strtod(text, &end);
  END_C_LOCALE
  if (*end != '\0') {
    PyErr_SetString(PyExc_ValueError, "not a number");
    return NULL;
  }
  return PyFloat_FromDouble(value);
}

static PyMethodDef methods[] = {
    {"parse_number", parse_number, METH_O, NULL},
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
    .m_name = "libc_not_thread_safe_locale_macro_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_libc_not_thread_safe_locale_macro_bad(void) {
  return PyModuleDef_Init(&definition);
}

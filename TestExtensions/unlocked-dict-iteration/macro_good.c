// The project's own loop brings its lock with it.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#define BEGIN_EACH_ITEM(dict, key, value)     \
  Py_BEGIN_CRITICAL_SECTION(dict);            \
  PyObject *key = NULL, *value = NULL;        \
  Py_ssize_t key##_position = 0;              \
  while (PyDict_Next((dict), &key##_position, &key, &value)) {
#define END_EACH_ITEM() \
  }                     \
  Py_END_CRITICAL_SECTION()

static PyObject *longest_key(PyObject *module, PyObject *dict) {
  Py_ssize_t longest = 0;
  if (!PyDict_Check(dict)) {
    return PyLong_FromLong(-1);
  }
  BEGIN_EACH_ITEM(dict, key, value)
    if (PyUnicode_Check(key) && PyUnicode_GET_LENGTH(key) > longest) {
      longest = PyUnicode_GET_LENGTH(key);
    }
  END_EACH_ITEM();
  return PyLong_FromSsize_t(longest);
}

static PyMethodDef methods[] = {
    {"longest_key", longest_key, METH_O, NULL},
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
    .m_name = "unlocked_dict_iteration_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_macro_good(void) {
  return PyModuleDef_Init(&definition);
}

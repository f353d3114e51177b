// The project's own loop.
#include <Python.h>

#define FOR_EACH_ITEM(dict, key, value)       \
  PyObject *key = NULL, *value = NULL;        \
  Py_ssize_t key##_position = 0;              \
  while (PyDict_Next((dict), &key##_position, &key, &value))

static PyObject *longest_key(PyObject *module, PyObject *dict) {
  Py_ssize_t longest = 0;
  if (!PyDict_Check(dict)) {
    return PyLong_FromLong(-1);
  }
  FOR_EACH_ITEM(dict, key, value) {  // expect: unlocked-dict-iteration
    if (PyUnicode_Check(key) && PyUnicode_GET_LENGTH(key) > longest) {
      longest = PyUnicode_GET_LENGTH(key);
    }
  }
  return PyLong_FromSsize_t(longest);
}

static PyMethodDef methods[] = {
    {"longest_key", longest_key, METH_O, NULL},
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
    .m_name = "unlocked_dict_iteration_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_macro(void) {
  return PyModuleDef_Init(&definition);
}

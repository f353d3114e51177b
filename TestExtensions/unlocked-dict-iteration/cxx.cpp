// C++: a template walks over any dict, and a lambda is called with each item.
#include <Python.h>

template <typename Visit>
static void for_each(PyObject *dict, Visit visit) {
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (PyDict_Next(dict, &position, &key, &value)) {  // expect: unlocked-dict-iteration
    visit(key, value);
  }
}

static PyObject *count_lists(PyObject *, PyObject *dict) {
  Py_ssize_t count = 0;
  if (PyDict_Check(dict)) {
    for_each(dict, [&count](PyObject *, PyObject *value) { count += PyList_Check(value); });
  }
  return PyLong_FromSsize_t(count);
}

static PyMethodDef methods[] = {
    {"count_lists", count_lists, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "unlocked_dict_iteration_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_cxx() {
  return PyModuleDef_Init(&definition);
}

// The quick loop is for the build with the GIL alone.
#include <Python.h>

static PyObject *count_none(PyObject *module, PyObject *dict) {
  Py_ssize_t count = 0;
#ifndef Py_GIL_DISABLED
  Py_ssize_t position = 0;
  PyObject *value;
  while (PyDict_Check(dict) && PyDict_Next(dict, &position, NULL, &value)) {
    count += value == Py_None;
  }
#else
  PyObject *values = PyMapping_Values(dict);
  if (values == NULL) {
    return NULL;
  }
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(values); i++) {
    count += PyList_GET_ITEM(values, i) == Py_None;
  }
  Py_DECREF(values);
#endif
  return PyLong_FromSsize_t(count);
}

static PyMethodDef methods[] = {
    {"count_none", count_none, METH_O, NULL},
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
    .m_name = "unlocked_dict_iteration_ifndef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_ifndef_good(void) {
  return PyModuleDef_Init(&definition);
}

// The dict may grow under the loop: position, key and value are then anything.
#include <Python.h>

static PyObject *total(PyObject *module, PyObject *mapping) {
  if (!PyDict_Check(mapping)) {
    PyErr_SetString(PyExc_TypeError, "a dict");
    return NULL;
  }
  Py_ssize_t position = 0;
  PyObject *key, *value;
  double sum = 0;
  while (PyDict_Next(mapping, &position, &key, &value)) {  // expect: unlocked-dict-iteration
    sum += PyFloat_AsDouble(value);
  }
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    {"total", total, METH_O, NULL},
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
    .m_name = "unlocked_dict_iteration_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_bad(void) {
  return PyModuleDef_Init(&definition);
}

// Lists are copied before; for what is no list and no tuple the result is a new list.
#include <Python.h>

static PyObject *total(PyObject *module, PyObject *numbers) {
  PyObject *fast;
  if (PyList_CheckExact(numbers)) {
    fast = PyList_AsTuple(numbers);
  } else {
    fast = PySequence_Fast(numbers, "numbers must be a sequence");
  }
  if (fast == NULL) {
    return NULL;
  }
  double sum = 0;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
    sum += PyFloat_AsDouble(PySequence_Fast_GET_ITEM(fast, i));
  }
  Py_DECREF(fast);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static PyObject *key_total(PyObject *module, PyObject *args) {
  PyObject *mapping;
  if (!PyArg_ParseTuple(args, "O!", &PyDict_Type, &mapping)) {
    return NULL;
  }
  PyObject *keys = PySequence_Fast(mapping, "keys");
  if (keys == NULL) {
    return NULL;
  }
  PyObject **items = PySequence_Fast_ITEMS(keys);
  double sum = 0;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(keys); i++) {
    sum += PyFloat_AsDouble(items[i]);
  }
  Py_DECREF(keys);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    {"total", total, METH_O, NULL},
    {"key_total", key_total, METH_VARARGS, NULL},
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
    .m_name = "unlocked_fast_sequence_not_list_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_not_list_good(void) {
  return PyModuleDef_Init(&definition);
}

// The array of the items is the list's own, which the list frees when it grows.
#include <Python.h>

static PyObject *join(PyObject *module, PyObject *args) {
  PyObject *separator, *parts;
  if (!PyArg_ParseTuple(args, "UO", &separator, &parts)) {
    return NULL;
  }
  PyObject *result = NULL;
  parts = PySequence_Fast(parts, "can only join a sequence");  // expect: unlocked-fast-sequence
  if (parts == NULL) {
    return NULL;
  }
  PyObject **items = PySequence_Fast_ITEMS(parts);
  for (PyObject **end = items + PySequence_Fast_GET_SIZE(parts); items < end; items++) {
    if (!PyUnicode_Check(*items)) {
      PyErr_SetString(PyExc_TypeError, "not a string");
      goto done;
    }
  }
  result = PyUnicode_Join(separator, parts);
done:
  Py_DECREF(parts);
  return result;
}

static PyMethodDef methods[] = {
    {"join", join, METH_VARARGS, NULL},
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
    .m_name = "unlocked_fast_sequence_items",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_items(void) {
  return PyModuleDef_Init(&definition);
}

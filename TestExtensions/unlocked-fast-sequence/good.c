// The module of bad.c; a tuple is a snapshot that does not change.
#include <Python.h>

static PyObject *total(PyObject *module, PyObject *numbers) {
  PyObject *snapshot = PySequence_Tuple(numbers);
  if (snapshot == NULL) {
    return NULL;
  }
  Py_ssize_t size = PyTuple_GET_SIZE(snapshot);
  double sum = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    sum += PyFloat_AsDouble(PyTuple_GET_ITEM(snapshot, i));
  }
  Py_DECREF(snapshot);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    {"total", total, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_good(void) {
  return PyModuleDef_Init(&definition);
}

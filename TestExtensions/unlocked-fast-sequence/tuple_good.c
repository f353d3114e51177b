// The argument is known to be a tuple, so that the result is one.
#include <Python.h>

static PyObject *hash_all(PyObject *module, PyObject *sequence) {
  if (!PyTuple_CheckExact(sequence)) {
    PyErr_SetString(PyExc_TypeError, "a tuple");
    return NULL;
  }
  PyObject *fast = PySequence_Fast(sequence, "");
  if (fast == NULL) {
    return NULL;
  }
  Py_hash_t hash = 0;
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
    hash ^= PyObject_Hash(PySequence_Fast_GET_ITEM(fast, i));
  }
  Py_DECREF(fast);
  return PyErr_Occurred() ? NULL : PyLong_FromSsize_t(hash);
}

static PyObject *sum_of(PyObject *module, PyObject *args) {
  PyObject *fast = PySequence_Fast(args, "");
  double sum = 0;
  for (Py_ssize_t i = 0; fast != NULL && i < PySequence_Fast_GET_SIZE(fast); i++) {
    sum += PyFloat_AsDouble(PySequence_Fast_GET_ITEM(fast, i));
  }
  Py_XDECREF(fast);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static PyObject *first_of(PyObject *module, PyObject *args) {
  PyObject *pair;
  if (!PyArg_ParseTuple(args, "O!", &PyTuple_Type, &pair)) {
    return NULL;
  }
  PyObject *fast = PySequence_Fast(pair, "");
  PyObject *first = fast != NULL && PySequence_Fast_GET_SIZE(fast) > 0
                        ? Py_NewRef(PySequence_Fast_GET_ITEM(fast, 0))
                        : Py_NewRef(Py_None);
  Py_XDECREF(fast);
  return first;
}

static PyMethodDef methods[] = {
    {"hash_all", hash_all, METH_O, NULL},
    {"sum_of", sum_of, METH_VARARGS, NULL},
    {"first_of", first_of, METH_VARARGS, NULL},
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
    .m_name = "unlocked_fast_sequence_tuple_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_tuple_good(void) {
  return PyModuleDef_Init(&definition);
}

// The size is only a hint: what is read is read with a function that checks and owns.
#include <Python.h>

static PyObject *squares(PyObject *module, PyObject *numbers) {
  PyObject *fast = PySequence_Fast(numbers, "numbers");
  if (fast == NULL) {
    return NULL;
  }
  if (PySequence_Fast_GET_SIZE(fast) == 0) {
    Py_DECREF(fast);
    return PyList_New(0);
  }
  PyObject *result = PyList_New(0);
  PyObject *iterator = result == NULL ? NULL : PyObject_GetIter(fast);
  Py_DECREF(fast);
  PyObject *number;
  while (iterator != NULL && (number = PyIter_Next(iterator)) != NULL) {
    PyObject *square = PyNumber_Multiply(number, number);
    int failed = square == NULL || PyList_Append(result, square) < 0;
    Py_XDECREF(square);
    Py_DECREF(number);
    if (failed) {
      break;
    }
  }
  Py_XDECREF(iterator);
  if (PyErr_Occurred()) {
    Py_CLEAR(result);
  }
  return result;
}

static PyMethodDef methods[] = {
    {"squares", squares, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_size_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_size_good(void) {
  return PyModuleDef_Init(&definition);
}

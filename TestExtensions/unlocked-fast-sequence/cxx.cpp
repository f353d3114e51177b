// C++: the items are copied into a vector, from a list that may shrink meanwhile.
#include <Python.h>
#include <vector>

static PyObject *norm(PyObject *, PyObject *numbers) {
  PyObject *fast = PySequence_Fast(numbers, "numbers");  // expect: unlocked-fast-sequence
  if (fast == nullptr) {
    return nullptr;
  }
  std::vector<PyObject *> items(PySequence_Fast_ITEMS(fast),
                                PySequence_Fast_ITEMS(fast) + PySequence_Fast_GET_SIZE(fast));
  double sum = 0;
  for (PyObject *item : items) {
    sum += PyFloat_AsDouble(item);
  }
  Py_DECREF(fast);
  return PyErr_Occurred() ? nullptr : PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    {"norm", norm, METH_O, nullptr},
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
    "unlocked_fast_sequence_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_cxx() {
  return PyModuleDef_Init(&definition);
}

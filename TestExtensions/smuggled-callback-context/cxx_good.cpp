// C++: the comparator is a lambda that captures what it needs.
#include <Python.h>
#include <algorithm>

namespace {

PyObject *best(PyObject *, PyObject *ranks) {
  int indices[3] = {0, 1, 2};
  auto rank = [ranks](int index) {
    PyObject *value = PySequence_GetItem(ranks, index);
    long number = value ? PyLong_AsLong(value) : 0;
    Py_XDECREF(value);
    return number;
  };
  std::sort(indices, indices + 3,
            [&rank](int left, int right) { return rank(left) < rank(right); });
  return PyErr_Occurred() ? nullptr : PyLong_FromLong(indices[0]);
}

}  // namespace

static PyMethodDef methods[] = {
    {"best", best, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "smuggled_callback_context_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_cxx_good() {
  return PyModuleDef_Init(&definition);
}

// C++: the context of a comparator is a static member of its class.
#include <Python.h>
#include <cstdlib>

namespace {

struct Ranking {
  static PyObject *ranks;
  static int compare(const void *left, const void *right) {
    return rank(*static_cast<const int *>(left)) - rank(*static_cast<const int *>(right));
  }
  static int rank(int index) {
    PyObject *value = PySequence_GetItem(ranks, index);
    int number = value ? static_cast<int>(PyLong_AsLong(value)) : 0;
    Py_XDECREF(value);
    return number;
  }
};

PyObject *Ranking::ranks = nullptr;  // expect: smuggled-callback-context

PyObject *best(PyObject *, PyObject *ranks) {
  int indices[3] = {0, 1, 2};
  Ranking::ranks = ranks;
  std::qsort(indices, 3, sizeof(int), Ranking::compare);
  return PyErr_Occurred() ? nullptr : PyLong_FromLong(indices[0]);
}

}  // namespace

static PyMethodDef methods[] = {
    {"best", best, METH_O, nullptr},
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
    "smuggled_callback_context_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_cxx() {
  return PyModuleDef_Init(&definition);
}

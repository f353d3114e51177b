// An object of C++ that is made in memory of malloc, which free takes back.
#include <Python.h>

#include <cstdlib>
#include <new>

namespace {

struct Range {
  double low, high;
  Range() : low(0), high(0) {}
  void add(double value) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
};

}  // namespace

static PyObject *width(PyObject *, PyObject *args) {
  void *memory = std::malloc(sizeof(Range));
  if (memory == nullptr) {
    return PyErr_NoMemory();
  }
  Range *range = new (memory) Range();
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++) {
    range->add(PyFloat_AsDouble(PyTuple_GET_ITEM(args, i)));
  }
  double found = range->high - range->low;
  range->~Range();
  std::free(range);
  return PyErr_Occurred() ? nullptr : PyFloat_FromDouble(found);
}

static PyMethodDef methods[] = {
    {"width", width, METH_VARARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "allocator_domain_placement_good", nullptr, 0, methods, slots,
    nullptr, nullptr, nullptr,
};

PyMODINIT_FUNC PyInit_allocator_domain_placement_good(void) {
  return PyModuleDef_Init(&definition);
}

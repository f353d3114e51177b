// C++: a template fills a vector from a list, with its size and without a look at it afterwards.
#include <Python.h>
#include <vector>

namespace {

template <typename Number, typename Convert>
std::vector<Number> numbers_of(PyObject *list, Convert convert) {
  const Py_ssize_t size = PyList_GET_SIZE(list);  // expect: cached-size-loop
  std::vector<Number> numbers(static_cast<std::size_t>(size));
  for (Py_ssize_t i = 0; i != size; ++i) {
    // expect: borrowed-from-shared-container
    numbers[static_cast<std::size_t>(i)] = convert(PyList_GET_ITEM(list, i));
  }
  return numbers;
}

}  // namespace

static PyObject *largest(PyObject *, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return nullptr;
  }
  double largest = 0;
  for (double number : numbers_of<double>(list, [](PyObject *item) {
         return PyFloat_Check(item) ? PyFloat_AS_DOUBLE(item) : 0.0;
       })) {
    largest = number > largest ? number : largest;
  }
  return PyFloat_FromDouble(largest);
}

static PyMethodDef methods[] = {
    {"largest", largest, METH_O, nullptr},
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
    "cached_size_loop_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_cached_size_loop_cxx_bad() {
  return PyModuleDef_Init(&definition);
}

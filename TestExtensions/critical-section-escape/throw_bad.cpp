// C++: the exception is caught outside, and the macro has no destructor that would end the section.
#include <Python.h>
#include <stdexcept>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static double item_as_double(PyObject *item) {
  double value = PyFloat_Check(item) ? PyFloat_AS_DOUBLE(item) : -1.0;
  return value;
}

static double sum_of(PyObject *list) {
  double sum = 0;
  Py_BEGIN_CRITICAL_SECTION(list);  // expect: critical-section-escape
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
    double value = item_as_double(PyList_GET_ITEM(list, i));
    if (value < 0) {
      throw std::invalid_argument("negative or no float");
    }
    sum += value;
  }
  Py_END_CRITICAL_SECTION();
  return sum;
}

static PyObject *total(PyObject *, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return nullptr;
  }
  try {
    return PyFloat_FromDouble(sum_of(list));
  } catch (const std::exception &error) {
    PyErr_SetString(PyExc_ValueError, error.what());
    return nullptr;
  }
}

static PyMethodDef methods[] = {
    {"total", total, METH_O, nullptr},
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
    "critical_section_escape_throw_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_critical_section_escape_throw_bad() {
  return PyModuleDef_Init(&definition);
}

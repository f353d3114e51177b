// C++: a guard ends the section however the block is left, by return or by an exception.
#include <Python.h>
#include <stdexcept>

namespace {

class Section {
 public:
#ifdef Py_GIL_DISABLED
  explicit Section(PyObject *object) { PyCriticalSection_Begin(&section_, object); }
  ~Section() { PyCriticalSection_End(&section_); }
  Section(const Section &) = delete;

 private:
  PyCriticalSection section_;
#else
  explicit Section(PyObject *) {}
  ~Section() {}
#endif
};

double sum_of(PyObject *list) {
  Section section(list);
  double sum = 0;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
    PyObject *item = PyList_GET_ITEM(list, i);
    if (item == Py_None) {
      return sum;
    }
    if (!PyFloat_Check(item)) {
      throw std::invalid_argument("no float");
    }
    sum += PyFloat_AS_DOUBLE(item);
  }
  return sum;
}

}  // namespace

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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "critical_section_escape_guard_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_critical_section_escape_guard_good() {
  return PyModuleDef_Init(&definition);
}

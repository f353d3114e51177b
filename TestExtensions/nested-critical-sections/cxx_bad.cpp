// C++: two guards one after the other in a block are two sections, and the second suspends the first.
#include <Python.h>

namespace {

class Section {
 public:
#ifdef Py_GIL_DISABLED
  explicit Section(PyObject *object) { PyCriticalSection_Begin(&section_, object); }
  ~Section() { PyCriticalSection_End(&section_); }

 private:
  PyCriticalSection section_;
#else
  explicit Section(PyObject *) {}
  ~Section() {}
#endif
};

struct Cell {
  PyObject_HEAD
  double value;
};

PyObject *cell_swap(PyObject *op, PyObject *args) {
  PyObject *other;
  if (!PyArg_ParseTuple(args, "O!", Py_TYPE(op), &other)) {
    return nullptr;
  }
  auto *left = reinterpret_cast<Cell *>(op);
  auto *right = reinterpret_cast<Cell *>(other);
  Section first(op);
  double value = left->value;
  Section second(other);  // expect: nested-critical-sections
  left->value = right->value;
  right->value = value;
  Py_RETURN_NONE;
}

PyObject *cell_set(PyObject *op, PyObject *number) {
  double value = PyFloat_AsDouble(number);
  if (value == -1.0 && PyErr_Occurred()) {
    return nullptr;
  }
  Section section(op);
  reinterpret_cast<Cell *>(op)->value = value;
  Py_RETURN_NONE;
}

}  // namespace

static PyMethodDef cell_methods[] = {
    {"swap", cell_swap, METH_VARARGS, nullptr},
    {"set", cell_set, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot cell_slots[] = {
    {Py_tp_methods, cell_methods},
    {0, nullptr},
};

static PyType_Spec cell_spec = {
    "cxx_bad.Cell", sizeof(Cell), 0, Py_TPFLAGS_DEFAULT, cell_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&cell_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "nested_critical_sections_cxx_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_nested_critical_sections_cxx_bad() {
  return PyModuleDef_Init(&definition);
}

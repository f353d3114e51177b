// A std::vector in the object: push_back and clear move or end what the others read.
#include <Python.h>

#include <new>
#include <numeric>
#include <vector>

namespace {

struct Series {
  PyObject_HEAD
  std::vector<double> values;  // expect: resizable-buffer
};

Series *as_series(PyObject *op) { return reinterpret_cast<Series *>(op); }

PyObject *series_new(PyTypeObject *type, PyObject *, PyObject *) {
  PyObject *op = type->tp_alloc(type, 0);
  if (op != nullptr) {
    new (&as_series(op)->values) std::vector<double>();
  }
  return op;
}

static void series_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Series *>(op);
  PyTypeObject *type = Py_TYPE(op);
  self->values.~vector();
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *series_add(PyObject *op, PyObject *arg) {
  double value = PyFloat_AsDouble(arg);
  if (value == -1.0 && PyErr_Occurred()) {
    return nullptr;
  }
  try {
    as_series(op)->values.push_back(value);
  } catch (const std::bad_alloc &) {
    return PyErr_NoMemory();
  }
  Py_RETURN_NONE;
}

PyObject *series_clear(PyObject *op, PyObject *) {
  as_series(op)->values.clear();
  Py_RETURN_NONE;
}

PyObject *series_sum(PyObject *op, PyObject *) {
  const auto &values = as_series(op)->values;
  return PyFloat_FromDouble(std::accumulate(values.begin(), values.end(), 0.0));
}

Py_ssize_t series_length(PyObject *op) {
  return static_cast<Py_ssize_t>(as_series(op)->values.size());
}

PyObject *series_item(PyObject *op, Py_ssize_t index) {
  auto &values = as_series(op)->values;
  if (index < 0 || static_cast<std::size_t>(index) >= values.size()) {
    PyErr_SetString(PyExc_IndexError, "out of range");
    return nullptr;
  }
  return PyFloat_FromDouble(values[static_cast<std::size_t>(index)]);
}

static PyMethodDef series_methods[] = {
    {"add", reinterpret_cast<PyCFunction>(series_add), METH_O, nullptr},
    {"clear", reinterpret_cast<PyCFunction>(series_clear), METH_NOARGS, nullptr},
    {"sum", reinterpret_cast<PyCFunction>(series_sum), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot series_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(series_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(series_dealloc)},
    {Py_tp_methods, series_methods},
    {Py_sq_length, reinterpret_cast<void *>(series_length)},
    {Py_sq_item, reinterpret_cast<void *>(series_item)},
    {0, nullptr},
};

static PyType_Spec series_spec = {
    "cxx_vector.Series", sizeof(Series), 0, Py_TPFLAGS_DEFAULT, series_slots,
};

}  // namespace

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&series_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, reinterpret_cast<PyTypeObject *>(type));
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(add_types)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    "resizable_buffer_cxx_vector_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_resizable_buffer_cxx_vector_bad() {
  return PyModuleDef_Init(&moduledef);
}

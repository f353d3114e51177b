// C++: the destructor attaches again at the end of the block; the totals are written before that.
#include <Python.h>
#include <numeric>
#include <vector>

namespace {

struct Detach {
  PyThreadState *state = PyEval_SaveThread();
  ~Detach() { PyEval_RestoreThread(state); }
};

struct Statistics {
  PyObject_HEAD
  double sum;  // expect: unsynchronised-field
  long count;
};

PyObject *statistics_add(PyObject *op, PyObject *args) {
  auto *self = reinterpret_cast<Statistics *>(op);
  std::vector<double> values;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++) {
    values.push_back(PyFloat_AsDouble(PyTuple_GET_ITEM(args, i)));
  }
  if (PyErr_Occurred()) {
    return nullptr;
  }
  {
    Detach detach;
    self->sum += std::accumulate(values.begin(), values.end(), 0.0);  // expect: shared-state-while-detached
    self->count += static_cast<long>(values.size());
  }
  Py_RETURN_NONE;
}

PyObject *statistics_mean(PyObject *op, PyObject *) {
  auto *self = reinterpret_cast<Statistics *>(op);
  return PyFloat_FromDouble(self->count == 0 ? 0 : self->sum / static_cast<double>(self->count));
}

}  // namespace

static PyMethodDef statistics_methods[] = {
    {"add", statistics_add, METH_VARARGS, nullptr},
    {"mean", statistics_mean, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot statistics_slots[] = {
    {Py_tp_methods, statistics_methods},
    {0, nullptr},
};

static PyType_Spec statistics_spec = {
    "cxx_bad.Statistics", sizeof(Statistics), 0, Py_TPFLAGS_DEFAULT, statistics_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&statistics_spec);
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
    "shared_state_while_detached_cxx_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_shared_state_while_detached_cxx_bad() {
  return PyModuleDef_Init(&definition);
}

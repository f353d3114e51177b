// C++: a std::vector of references; adding may move it, clearing drops what another thread reads.
#include <Python.h>

#include <new>
#include <vector>

namespace {

struct Observers {
  PyObject_HEAD
  std::vector<PyObject *> callbacks;  // expect: array-of-objects
};

Observers *as_observers(PyObject *op) { return reinterpret_cast<Observers *>(op); }

PyObject *observers_new(PyTypeObject *type, PyObject *, PyObject *) {
  PyObject *op = type->tp_alloc(type, 0);
  if (op != nullptr) {
    new (&as_observers(op)->callbacks) std::vector<PyObject *>();
  }
  return op;
}

void drop_all(std::vector<PyObject *> &callbacks) {
  for (PyObject *callback : callbacks) {
    Py_DECREF(callback);
  }
  callbacks.clear();
}

static void observers_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Observers *>(op);
  PyTypeObject *type = Py_TYPE(op);
  drop_all(self->callbacks);
  self->callbacks.~vector();
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *observers_add(PyObject *op, PyObject *callback) {
  try {
    as_observers(op)->callbacks.push_back(callback);
  } catch (const std::bad_alloc &) {
    return PyErr_NoMemory();
  }
  Py_INCREF(callback);
  Py_RETURN_NONE;
}

PyObject *observers_reset(PyObject *op, PyObject *) {
  drop_all(as_observers(op)->callbacks);
  Py_RETURN_NONE;
}

PyObject *observers_notify(PyObject *op, PyObject *argument) {
  for (PyObject *callback : as_observers(op)->callbacks) {
    PyObject *result = PyObject_CallOneArg(callback, argument);
    if (result == nullptr) {
      return nullptr;
    }
    Py_DECREF(result);
  }
  Py_RETURN_NONE;
}

static PyMethodDef observers_methods[] = {
    {"add", reinterpret_cast<PyCFunction>(observers_add), METH_O, nullptr},
    {"reset", reinterpret_cast<PyCFunction>(observers_reset), METH_NOARGS, nullptr},
    {"notify", reinterpret_cast<PyCFunction>(observers_notify), METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot observers_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(observers_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(observers_dealloc)},
    {Py_tp_methods, observers_methods},
    {0, nullptr},
};

static PyType_Spec observers_spec = {
    "cxx.Observers", sizeof(Observers), 0, Py_TPFLAGS_DEFAULT, observers_slots,
};

}  // namespace

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&observers_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, reinterpret_cast<PyTypeObject *>(type));
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(module_exec)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    "array_of_objects_cxx_bad",
    nullptr,
    0,
    nullptr,
    module_slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_array_of_objects_cxx_bad() {
  return PyModuleDef_Init(&module_def);
}

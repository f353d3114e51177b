// C++: the object holds a pointer to a class of the project; its member functions step the state.
#include <Python.h>

#include <new>

namespace {

class Walker {
 public:
  explicit Walker(long seed) : seed_(seed), here_(0) {}
  void forward(long steps) { here_ += steps * (seed_ | 1); }
  void home() { here_ = 0; }
  long here() const { return here_; }

 private:
  long seed_;
  long here_;
};

struct Walk {
  PyObject_HEAD
  Walker *walker;  // expect: unsynchronised-field
};

PyObject *walk_new(PyTypeObject *type, PyObject *args, PyObject *) {
  long seed = 0;
  if (!PyArg_ParseTuple(args, "|l:Walk", &seed)) {
    return nullptr;
  }
  auto *self = reinterpret_cast<Walk *>(type->tp_alloc(type, 0));
  if (self == nullptr) {
    return nullptr;
  }
  self->walker = new (std::nothrow) Walker(seed);
  if (self->walker == nullptr) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return reinterpret_cast<PyObject *>(self);
}

static void walk_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Walk *>(op);
  PyTypeObject *type = Py_TYPE(op);
  delete self->walker;
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *walk_forward(PyObject *op, PyObject *arg) {
  long steps = PyLong_AsLong(arg);
  if (steps == -1 && PyErr_Occurred()) {
    return nullptr;
  }
  reinterpret_cast<Walk *>(op)->walker->forward(steps);
  Py_RETURN_NONE;
}

PyObject *walk_home(PyObject *op, PyObject *) {
  reinterpret_cast<Walk *>(op)->walker->home();
  Py_RETURN_NONE;
}

Py_hash_t walk_hash(PyObject *op) {
  Py_hash_t hash = reinterpret_cast<Walk *>(op)->walker->here();
  return hash == -1 ? -2 : hash;
}

static PyMethodDef walk_methods[] = {
    {"forward", reinterpret_cast<PyCFunction>(walk_forward), METH_O, nullptr},
    {"home", reinterpret_cast<PyCFunction>(walk_home), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot walk_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(walk_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(walk_dealloc)},
    {Py_tp_hash, reinterpret_cast<void *>(walk_hash)},
    {Py_tp_methods, walk_methods},
    {0, nullptr},
};

static PyType_Spec walk_spec = {
    "cxx.Walk", sizeof(Walk), 0, Py_TPFLAGS_DEFAULT, walk_slots,
};

}  // namespace

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&walk_spec);
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
    "unsynchronised_field_cxx_bad",
    nullptr,
    0,
    nullptr,
    module_slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_cxx_bad() {
  return PyModuleDef_Init(&module_def);
}

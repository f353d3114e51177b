// The lock is taken in a method that calls one of two instances of a template.
#include <Python.h>
#include <exception>
#include <mutex>
#include <vector>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

class ObjectMutex {
 public:
  void lock() { PyMutex_Lock(&mutex); }
  void unlock() { PyMutex_Unlock(&mutex); }

 private:
  PyMutex mutex{};
};

using ScopedLock = std::scoped_lock<ObjectMutex>;

class Agenda {
 public:
  PyObject *next();

 private:
  template <bool isLeaf>
  PyObject *step();

  std::vector<int> nodes;
  bool isLeaf = false;
  mutable ObjectMutex mutex{};
};

template <bool isLeaf>
PyObject *Agenda::step() {
  while (!nodes.empty()) {
    int value = nodes.back();
    nodes.pop_back();
    if (value != 0 || isLeaf) {
      return PyLong_FromLong(value);
    }
  }
  Py_RETURN_NONE;
}

PyObject *Agenda::next() {
  const ScopedLock lock{mutex};
  try {
    return isLeaf ? step<true>() : step<false>();
  } catch (...) {
    std::rethrow_exception(std::current_exception());
  }
}

struct Walk {
  PyObject_HEAD
  Agenda *agenda;
};

static PyObject *walk_next(Walk *self, PyObject *) {
  if (self->agenda == nullptr) {
    Py_RETURN_NONE;
  }
  return self->agenda->next();
}

static void walk_dealloc(PyObject *op) {
  Walk *self = (Walk *)op;
  PyTypeObject *type = Py_TYPE(op);
  delete self->agenda;
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef walk_methods[] = {
    {"next", (PyCFunction)walk_next, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot walk_slots[] = {
    {Py_tp_dealloc, (void *)walk_dealloc},
    {Py_tp_methods, (void *)walk_methods},
    {0, nullptr},
};

static PyType_Spec walk_spec = {"resizable_buffer_cxx_template_good.Walk", sizeof(Walk), 0, Py_TPFLAGS_DEFAULT,
                                 walk_slots};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&walk_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, (void *)module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT, "resizable_buffer_cxx_template_good", nullptr, 0, nullptr, module_slots, nullptr, nullptr, nullptr,
};

PyMODINIT_FUNC PyInit_resizable_buffer_cxx_template_good(void) {
  return PyModuleDef_Init(&module_def);
}

// C++: the pool's class asks and steps in one member function, without a lock.
#include <Python.h>

#include <new>

namespace {

class Permits {
 public:
  explicit Permits(int limit) : limit_(limit), used_(0) {}
  bool acquire() {
    if (used_ < limit_) {
      ++used_;
      return true;
    }
    return false;
  }
  void release() {
    if (used_ > 0) --used_;
  }

 private:
  const int limit_;
  int used_;
};

struct Semaphore {
  PyObject_HEAD
  Permits permits;  // expect: check-then-act
};

Permits &permits_of(PyObject *op) { return reinterpret_cast<Semaphore *>(op)->permits; }

PyObject *semaphore_new(PyTypeObject *type, PyObject *args, PyObject *) {
  int limit = 1;
  if (!PyArg_ParseTuple(args, "|i:Semaphore", &limit)) {
    return nullptr;
  }
  PyObject *op = type->tp_alloc(type, 0);
  if (op != nullptr) {
    new (&permits_of(op)) Permits(limit);
  }
  return op;
}

static void semaphore_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *semaphore_try_acquire(PyObject *op, PyObject *) {
  return PyBool_FromLong(permits_of(op).acquire());
}

PyObject *semaphore_release(PyObject *op, PyObject *) {
  permits_of(op).release();
  Py_RETURN_NONE;
}

static PyMethodDef semaphore_methods[] = {
    {"try_acquire", reinterpret_cast<PyCFunction>(semaphore_try_acquire), METH_NOARGS, nullptr},
    {"release", reinterpret_cast<PyCFunction>(semaphore_release), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot semaphore_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(semaphore_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(semaphore_dealloc)},
    {Py_tp_methods, semaphore_methods},
    {0, nullptr},
};

static PyType_Spec semaphore_spec = {
    "cxx.Semaphore", sizeof(Semaphore), 0, Py_TPFLAGS_DEFAULT, semaphore_slots,
};

}  // namespace

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&semaphore_spec);
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
    "check_then_act_cxx_bad",
    nullptr,
    0,
    nullptr,
    module_slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_check_then_act_cxx_bad() {
  return PyModuleDef_Init(&module_def);
}

// C++: a member function of the object's struct takes a reference to one of two objects.
#include <Python.h>

namespace {

struct Timer {
  PyObject_HEAD
  PyObject *callback;
  PyObject *argument;

  void start(PyObject *function, PyObject *value) {
    Py_INCREF(value);
    argument = value;
    callback = function;  // expect: stored-borrowed-reference
  }
};

}  // namespace

static PyObject *timer_new(PyTypeObject *type, PyObject *args, PyObject *) {
  PyObject *function, *value;
  if (!PyArg_ParseTuple(args, "OO", &function, &value)) {
    return nullptr;
  }
  auto *self = reinterpret_cast<Timer *>(type->tp_alloc(type, 0));
  if (self != nullptr) {
    self->start(function, value);
  }
  return reinterpret_cast<PyObject *>(self);
}

static void timer_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(reinterpret_cast<Timer *>(object)->argument);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *timer_call(PyObject *object, PyObject *, PyObject *) {
  auto *self = reinterpret_cast<Timer *>(object);
  return PyObject_CallOneArg(self->callback, self->argument);
}

static PyType_Slot timer_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(timer_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(timer_dealloc)},
    {Py_tp_call, reinterpret_cast<void *>(timer_call)},
    {0, nullptr},
};

static PyType_Spec timer_spec = {
    "cxx.Timer", sizeof(Timer), 0, Py_TPFLAGS_DEFAULT, timer_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&timer_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, reinterpret_cast<PyTypeObject *>(type));
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "stored_borrowed_reference_cxx",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_cxx() {
  return PyModuleDef_Init(&definition);
}

// The threads are detached around 'std::call_once', and the one that runs the function attaches.
#include <Python.h>
#include <mutex>

static std::once_flag flag;
static PyObject *deque_type;

static void import_deque() {
  PyGILState_STATE state = PyGILState_Ensure();
  PyObject *collections = PyImport_ImportModule("collections");
  if (collections != nullptr) {
    deque_type = PyObject_GetAttrString(collections, "deque");
    Py_DECREF(collections);
  }
  if (deque_type == nullptr) {
    PyErr_Clear();
  }
  PyGILState_Release(state);
}

static PyObject *make_deque(PyObject *, PyObject *) {
  Py_BEGIN_ALLOW_THREADS
  std::call_once(flag, import_deque);
  Py_END_ALLOW_THREADS
  if (deque_type == nullptr) {
    PyErr_SetString(PyExc_RuntimeError, "no deque");
    return nullptr;
  }
  return PyObject_CallNoArgs(deque_type);
}

static PyMethodDef methods[] = {
    {"make_deque", make_deque, METH_NOARGS, nullptr},
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
    "magic_static_deadlock_cxx_call_once_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_call_once_good() {
  return PyModuleDef_Init(&definition);
}

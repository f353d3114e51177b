// 'std::call_once' makes the other threads wait, attached, while Python code runs inside.
#include <Python.h>
#include <mutex>

static std::once_flag flag;  // expect: magic-static-deadlock
static PyObject *deque_type;

static void import_deque() {
  PyObject *collections = PyImport_ImportModule("collections");
  if (collections != nullptr) {
    deque_type = PyObject_GetAttrString(collections, "deque");
    Py_DECREF(collections);
  }
  if (deque_type == nullptr) {
    PyErr_Clear();
  }
}

static PyObject *make_deque(PyObject *, PyObject *) {
  std::call_once(flag, import_deque);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "magic_static_deadlock_cxx_call_once",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_call_once() {
  return PyModuleDef_Init(&definition);
}

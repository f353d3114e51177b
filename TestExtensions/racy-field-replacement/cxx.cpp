// C++: std::exchange and std::swap look like one step, and are several.
#include <Python.h>
#include <utility>

namespace {

struct Gate {
  PyObject_HEAD
  PyObject *guard;  // expect: racy-field-replacement
};

}  // namespace

static void gate_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(reinterpret_cast<Gate *>(object)->guard);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *gate_close(PyObject *object, PyObject *guard) {
  auto *self = reinterpret_cast<Gate *>(object);
  PyObject *old = std::exchange(self->guard, Py_NewRef(guard));
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *gate_open(PyObject *object, PyObject *) {
  auto *self = reinterpret_cast<Gate *>(object);
  Py_CLEAR(self->guard);
  Py_RETURN_NONE;
}

static PyMethodDef gate_methods[] = {
    {"close", gate_close, METH_O, nullptr},
    {"open", gate_open, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot gate_slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(gate_dealloc)},
    {Py_tp_methods, gate_methods},
    {0, nullptr},
};

static PyType_Spec gate_spec = {"cxx.Gate", sizeof(Gate), 0, Py_TPFLAGS_DEFAULT, gate_slots};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&gate_spec);
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
    "racy_field_replacement_cxx",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_cxx() {
  return PyModuleDef_Init(&definition);
}

// The memory is a member of the record behind the object's pointer.
#include <Python.h>

struct Parts {
  char *copy;
};

struct Call {
  PyObject_HEAD
  Parts *parts;  // expect: resizable-buffer
};

static PyObject *call_drop(Call *self, PyObject *) {
  if (self->parts != nullptr) {
    PyMem_Free(self->parts->copy);
    self->parts->copy = nullptr;
  }
  Py_RETURN_NONE;
}

static void call_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef call_methods[] = {
    {"drop", (PyCFunction)call_drop, METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot call_slots[] = {
    {Py_tp_dealloc, (void *)call_dealloc},
    {Py_tp_methods, (void *)call_methods},
    {0, nullptr},
};

static PyType_Spec call_spec = {"resizable_buffer_cxx_pimpl_bad.Call", sizeof(Call), 0, Py_TPFLAGS_DEFAULT,
                                 call_slots};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&call_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT, "resizable_buffer_cxx_pimpl_bad", nullptr, 0, nullptr, module_slots, nullptr, nullptr, nullptr,
};

PyMODINIT_FUNC PyInit_resizable_buffer_cxx_pimpl_bad(void) {
  return PyModuleDef_Init(&module_def);
}

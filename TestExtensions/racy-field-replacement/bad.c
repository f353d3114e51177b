// Two threads that replace the field at once both drop the same old object.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *result;  // expect: racy-field-replacement
} Future;

static void future_dealloc(PyObject *object) {
  Future *self = (Future *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->result);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *future_set_result(PyObject *op, PyObject *result) {
  Future *self = (Future *)op;
  Py_XSETREF(self->result, Py_NewRef(result));
  Py_RETURN_NONE;
}

static PyObject *future_reset(PyObject *op, PyObject *unused) {
  Py_CLEAR(((Future *)op)->result);
  Py_RETURN_NONE;
}

static PyMethodDef future_methods[] = {
    {"set_result", future_set_result, METH_O, NULL},
    {"reset", future_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot future_slots[] = {
    {Py_tp_dealloc, future_dealloc},
    {Py_tp_methods, future_methods},
    {0, NULL},
};

static PyType_Spec future_spec = {
    .name = "bad.Future",
    .basicsize = sizeof(Future),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = future_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&future_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "racy_field_replacement_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_bad(void) {
  return PyModuleDef_Init(&definition);
}

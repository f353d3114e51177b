// A slot of a type that is in use is replaced; calls that are under way read it without a lock.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  long value;
} Gate;

static PyTypeObject *gate_type;

static PyObject *gate_open(PyObject *op, PyObject *args, PyObject *kwargs) {
  return PyLong_FromLong(((Gate *)op)->value);
}

static PyObject *gate_closed(PyObject *op, PyObject *args, PyObject *kwargs) {
  PyErr_SetString(PyExc_RuntimeError, "closed");
  return NULL;
}

static PyType_Slot gate_slots[] = {
    {Py_tp_call, gate_closed},
    {0, NULL},
};

static PyType_Spec gate_spec = {
    .name = "slot.Gate",
    .basicsize = sizeof(Gate),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = gate_slots,
};

static int exec_module(PyObject *module) {
  gate_type = (PyTypeObject *)PyType_FromSpec(&gate_spec);
  return gate_type == NULL ? -1 : PyModule_AddType(module, gate_type);
}

static PyObject *open_all(PyObject *module, PyObject *unused) {
  gate_type->tp_call = gate_open;  // expect: type-dict-mutation
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"open_all", open_all, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "type_dict_mutation_slot_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_type_dict_mutation_slot_bad(void) {
  return PyModuleDef_Init(&definition);
}

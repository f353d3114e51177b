// A static object whose head is written by hand.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  long value;
} Thing;

static PyTypeObject thing_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "object_layout_initialiser.Thing",
    .tp_basicsize = sizeof(Thing),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static Thing only_thing = {  // expect: hard-coded-object-layout
    {1, &thing_type},
    42,
};

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static int exec_module(PyObject *module) {
  if (PyType_Ready(&thing_type) < 0) {
    return -1;
  }
  return PyModule_AddObjectRef(module, "thing", (PyObject *)&only_thing);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "object_layout_initialiser",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_object_layout_initialiser(void) {
  return PyModuleDef_Init(&definition);
}

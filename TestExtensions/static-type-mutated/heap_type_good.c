// A type made from a specification on import; the static variable that holds it stays as it is.
#include <Python.h>

static PyTypeObject *item_type;

static PyType_Slot item_slots[] = {
    {Py_tp_new, PyType_GenericNew},
    {0, NULL},
};

static PyType_Spec item_spec = {
    .name = "heap.Item",
    .basicsize = sizeof(PyObject),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = item_slots,
};

static int exec_module(PyObject *module) {
  item_type = (PyTypeObject *)PyType_FromModuleAndSpec(module, &item_spec, NULL);
  return item_type == NULL ? -1 : PyModule_AddType(module, item_type);
}

static PyObject *item(PyObject *module, PyObject *unused) {
  return PyObject_CallNoArgs((PyObject *)item_type);
}

static PyMethodDef methods[] = {
    {"item", item, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_type_mutated_heap_type_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_heap_type_good(void) {
  return PyModuleDef_Init(&definition);
}

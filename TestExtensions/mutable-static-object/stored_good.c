// A static object, made before the type that uses it; its address goes into every instance.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *shared;
} Item;

static PyObject *empty;

static PyObject *item_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Item *item = (Item *)type->tp_alloc(type, 0);
  if (item != NULL) {
    item->shared = Py_NewRef(empty);
  }
  return (PyObject *)item;
}

static void item_dealloc(PyObject *self) {
  Py_XDECREF(((Item *)self)->shared);
  Py_TYPE(self)->tp_free(self);
}

static PyTypeObject Item_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "items.Item",
    .tp_basicsize = sizeof(Item),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = item_new,
    .tp_dealloc = item_dealloc,
};

static int exec_module(PyObject *module) {
  empty = PyTuple_New(0);
  return empty == NULL ? -1 : PyModule_AddType(module, &Item_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_object_stored_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_stored_good(void) {
  return PyModuleDef_Init(&definition);
}

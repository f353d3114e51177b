// The object remembers another by its address and takes a reference when it is asked.
#include <Python.h>
#include <stdint.h>

typedef struct {
  PyObject_HEAD
  uintptr_t child;
} Parent;

static PyObject *parent_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *child;
  if (!PyArg_ParseTuple(args, "O", &child)) {
    return NULL;
  }
  Parent *self = (Parent *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->child = (uintptr_t)child;
  }
  return (PyObject *)self;
}

static void parent_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *parent_child(PyObject *op, PyObject *unused) {
  Parent *self = (Parent *)op;
  PyObject *child = (PyObject *)self->child;
  if (child && Py_REFCNT(child) >= 1) {  // expect: try-incref
    return Py_NewRef(child);
  }
  Py_RETURN_NONE;
}

static PyMethodDef parent_methods[] = {
    {"child", parent_child, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot parent_slots[] = {
    {Py_tp_new, parent_new},
    {Py_tp_dealloc, parent_dealloc},
    {Py_tp_methods, parent_methods},
    {0, NULL},
};

static PyType_Spec parent_spec = {
    .name = "field.Parent",
    .basicsize = sizeof(Parent),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = parent_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&parent_spec);
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
    .m_name = "try_incref_field",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_try_incref_field(void) {
  return PyModuleDef_Init(&definition);
}

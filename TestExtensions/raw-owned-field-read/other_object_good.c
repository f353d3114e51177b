// Both operands are locked.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#ifndef Py_BEGIN_CRITICAL_SECTION2  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION2(a, b) {
#define Py_END_CRITICAL_SECTION2() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *unit;
} Quantity;

static void quantity_dealloc(PyObject *object) {
  Quantity *self = (Quantity *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->unit);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *quantity_convert(PyObject *op, PyObject *unit) {
  Quantity *self = (Quantity *)op;
  Py_BEGIN_CRITICAL_SECTION(op);
  Py_XSETREF(self->unit, Py_NewRef(unit));
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *quantity_units(PyObject *op, PyObject *other) {
  if (!Py_IS_TYPE(other, Py_TYPE(op))) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  PyObject *mine = NULL, *its = NULL;
  Py_BEGIN_CRITICAL_SECTION2(op, other);
  mine = Py_XNewRef(((Quantity *)op)->unit);
  its = Py_XNewRef(((Quantity *)other)->unit);
  Py_END_CRITICAL_SECTION2();
  PyObject *result = mine == NULL || its == NULL ? Py_NewRef(Py_None) : PyTuple_Pack(2, mine, its);
  Py_XDECREF(mine);
  Py_XDECREF(its);
  return result;
}

static PyMethodDef quantity_methods[] = {
    {"convert", quantity_convert, METH_O, NULL},
    {"units", quantity_units, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot quantity_slots[] = {
    {Py_tp_dealloc, quantity_dealloc},
    {Py_tp_methods, quantity_methods},
    {0, NULL},
};

static PyType_Spec quantity_spec = {
    .name = "other_object.Quantity",
    .basicsize = sizeof(Quantity),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = quantity_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&quantity_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raw_owned_field_read_other_object_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_other_object_good(void) {
  return PyModuleDef_Init(&definition);
}

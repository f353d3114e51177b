// The field is in the layout of the base; the methods of the derived type write it.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  double scale;  // expect: unsynchronised-field
} Unit;

typedef struct {
  Unit base;
  int exponent;
} Prefixed;

static PyTypeObject Prefixed_Type;

static PyObject *unit_convert(PyObject *op, PyObject *arg) {
  double value = PyFloat_AsDouble(arg);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  return PyFloat_FromDouble(value * ((Unit *)op)->scale);
}

static PyObject *unit_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  double scale = 1.0;
  if (!PyArg_ParseTuple(args, "|d:Unit", &scale)) {
    return NULL;
  }
  Unit *self = (Unit *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->scale = scale;
  if (PyType_IsSubtype(type, &Prefixed_Type)) {
    ((Prefixed *)self)->exponent = 1;
  }
  return (PyObject *)self;
}

static PyObject *prefixed_calibrate(Prefixed *self, PyObject *arg) {
  double factor = PyFloat_AsDouble(arg);
  if (factor == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  for (int i = 0; i < self->exponent; i++) {
    self->base.scale *= factor;
  }
  Py_RETURN_NONE;
}

static PyMethodDef unit_methods[] = {
    {"convert", (PyCFunction)unit_convert, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMethodDef prefixed_methods[] = {
    {"calibrate", (PyCFunction)prefixed_calibrate, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Unit_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "base_layout.Unit",
    .tp_basicsize = sizeof(Unit),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
    .tp_new = unit_new,
    .tp_methods = unit_methods,
};

static PyTypeObject Prefixed_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "base_layout.Prefixed",
    .tp_basicsize = sizeof(Prefixed),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = prefixed_methods,
    .tp_base = &Unit_Type,
};

static int exec_both(PyObject *module) {
  if (PyModule_AddType(module, &Unit_Type) < 0) {
    return -1;
  }
  return PyModule_AddType(module, &Prefixed_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_both},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_base_layout_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_base_layout_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

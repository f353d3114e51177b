// Python code can write the number while the methods use it: a medium finding.
#include <Python.h>
#include <structmember.h>

typedef struct {
  PyObject_HEAD
  int precision;  // expect: exposed-member
  int base;
} Formatter;

static PyObject *formatter_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int base = 10;
  if (!PyArg_ParseTuple(args, "|i:Formatter", &base)) {
    return NULL;
  }
  Formatter *self = (Formatter *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->precision = 6;
    self->base = base;
  }
  return (PyObject *)self;
}

static void formatter_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *formatter_format(Formatter *self, PyObject *arg) {
  double value = PyFloat_AsDouble(arg);
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  char *text = PyOS_double_to_string(value, 'f', self->precision, 0, NULL);
  if (text == NULL) {
    return NULL;
  }
  PyObject *result = PyUnicode_FromString(text);
  PyMem_Free(text);
  return result;
}

static PyMethodDef formatter_methods[] = {
    {"format", (PyCFunction)formatter_format, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef formatter_members[] = {
    {"precision", T_INT, offsetof(Formatter, precision), 0, NULL},
    {"base", T_INT, offsetof(Formatter, base), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot formatter_slots[] = {
    {Py_tp_new, formatter_new},
    {Py_tp_dealloc, formatter_dealloc},
    {Py_tp_methods, formatter_methods},
    {Py_tp_members, formatter_members},
    {0, NULL},
};

static PyType_Spec formatter_spec = {
    .name = "scalar.Formatter",
    .basicsize = sizeof(Formatter),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = formatter_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&formatter_spec);
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
    .m_name = "exposed_member_scalar_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_exposed_member_scalar_bad(void) {
  return PyModuleDef_Init(&definition);
}

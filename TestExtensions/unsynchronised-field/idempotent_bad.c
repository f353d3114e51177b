// All write the same constant, and nothing else depends on the order: a medium finding.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  int used;  // expect: unsynchronised-field
  int width;
} Template;

static PyObject *template_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int width = 8;
  if (!PyArg_ParseTuple(args, "|i:Template", &width)) {
    return NULL;
  }
  Template *self = (Template *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->used = 0;
    self->width = width;
  }
  return (PyObject *)self;
}

static void template_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *template_fill(Template *self, PyObject *value) {
  long number = PyLong_AsLong(value);
  if (number == -1 && PyErr_Occurred()) {
    return NULL;
  }
  self->used = 1;
  char text[64];
  PyOS_snprintf(text, sizeof(text), "%*ld", self->width > 40 ? 40 : self->width, number);
  return PyUnicode_FromString(text);
}

static PyObject *template_skip(Template *self, PyObject *unused) {
  self->used = 1;
  Py_RETURN_NONE;
}

static PyObject *template_get_used(Template *self, void *closure) {
  return PyBool_FromLong(self->used);
}

static PyMethodDef template_methods[] = {
    {"fill", (PyCFunction)template_fill, METH_O, NULL},
    {"skip", (PyCFunction)template_skip, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef template_getset[] = {
    {"used", (getter)template_get_used, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot template_slots[] = {
    {Py_tp_new, template_new},
    {Py_tp_dealloc, template_dealloc},
    {Py_tp_methods, template_methods},
    {Py_tp_getset, template_getset},
    {0, NULL},
};

static PyType_Spec template_spec = {
    .name = "idempotent.Template",
    .basicsize = sizeof(Template),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = template_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&template_spec);
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
    .m_name = "unsynchronised_field_idempotent_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_idempotent_bad(void) {
  return PyModuleDef_Init(&definition);
}

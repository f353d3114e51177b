// Each method that reads or writes the position holds the cursor's critical section.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  Py_ssize_t position;
  Py_ssize_t width;
} Cursor;

static PyObject *cursor_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Py_ssize_t width;
  if (!PyArg_ParseTuple(args, "n:Cursor", &width)) {
    return NULL;
  }
  Cursor *self = (Cursor *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->position = 0;
    self->width = width > 0 ? width : 1;
  }
  return (PyObject *)self;
}

static void cursor_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *cursor_advance(Cursor *self, PyObject *count) {
  Py_ssize_t steps = PyLong_AsSsize_t(count);
  if (steps == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Py_ssize_t result;
  Py_BEGIN_CRITICAL_SECTION(self);
  self->position += steps * self->width;
  result = self->position;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromSsize_t(result);
}

static PyObject *cursor_view(Cursor *self, PyObject *data) {
  char *start;
  Py_ssize_t size, from;
  if (PyBytes_AsStringAndSize(data, &start, &size) < 0) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  from = self->position;
  Py_END_CRITICAL_SECTION();
  if (from < 0 || from >= size) {
    return PyBytes_FromStringAndSize(NULL, 0);
  }
  return PyBytes_FromStringAndSize(start + from, Py_MIN(self->width, size - from));
}

static PyMethodDef cursor_methods[] = {
    {"advance", (PyCFunction)cursor_advance, METH_O, NULL},
    {"view", (PyCFunction)cursor_view, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot cursor_slots[] = {
    {Py_tp_new, cursor_new},
    {Py_tp_dealloc, cursor_dealloc},
    {Py_tp_methods, cursor_methods},
    {0, NULL},
};

static PyType_Spec cursor_spec = {
    .name = "good.Cursor",
    .basicsize = sizeof(Cursor),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = cursor_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&cursor_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_good(void) {
  return PyModuleDef_Init(&module_def);
}

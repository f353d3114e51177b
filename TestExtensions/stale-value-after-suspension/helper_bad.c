// The text pointer is read first; the helper that writes to the stream runs Python code.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  char *text;
  Py_ssize_t size;
} Line;

static void line_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(((Line *)op)->text);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *line_set(PyObject *op, PyObject *argument) {
  Line *self = (Line *)op;
  Py_ssize_t size;
  const char *text = PyUnicode_AsUTF8AndSize(argument, &size);
  if (text == NULL) {
    return NULL;
  }
  char *copy = PyMem_Malloc(size + 1);
  if (copy == NULL) {
    return PyErr_NoMemory();
  }
  memcpy(copy, text, size + 1);
  char *old;
  Py_BEGIN_CRITICAL_SECTION(op);
  old = self->text;
  self->text = copy;
  self->size = size;
  Py_END_CRITICAL_SECTION();
  PyMem_Free(old);
  Py_RETURN_NONE;
}

static int announce(PyObject *stream, Py_ssize_t size) {
  PyObject *answer = PyObject_CallMethod(stream, "begin", "n", size);
  Py_XDECREF(answer);
  return answer == NULL ? -1 : 0;
}

static PyObject *line_write(PyObject *op, PyObject *stream) {
  Line *self = (Line *)op;
  PyObject *result = NULL;
  Py_BEGIN_CRITICAL_SECTION(op);
  const char *text = self->text;  // expect: stale-value-after-suspension
  if (text != NULL && announce(stream, self->size) == 0) {
    result = PyUnicode_FromString(text);
  }
  Py_END_CRITICAL_SECTION();
  return result != NULL || PyErr_Occurred() ? result : Py_NewRef(Py_None);
}

static PyMethodDef line_methods[] = {
    {"set", line_set, METH_O, NULL},
    {"write", line_write, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot line_slots[] = {
    {Py_tp_dealloc, line_dealloc},
    {Py_tp_methods, line_methods},
    {0, NULL},
};

static PyType_Spec line_spec = {
    .name = "helper_bad.Line",
    .basicsize = sizeof(Line),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = line_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&line_spec);
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
    .m_name = "stale_value_after_suspension_helper_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stale_value_after_suspension_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}

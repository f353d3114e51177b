// The early return leaves the section open, with a frame that is gone on the list of the thread.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  int closed;
  Py_ssize_t written;
} Writer;

static PyObject *writer_write(PyObject *op, PyObject *data) {
  Writer *self = (Writer *)op;
  Py_ssize_t size = PyObject_Size(data);
  if (size < 0) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);  // expect: critical-section-escape
  if (self->closed) {
    PyErr_SetString(PyExc_ValueError, "write to closed writer");
    return NULL;
  }
  self->written += size;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromSsize_t(size);
}

static PyObject *writer_close(PyObject *op, PyObject *unused) {
  Writer *self = (Writer *)op;
  Py_BEGIN_CRITICAL_SECTION(op);
  self->closed = 1;
  self->written = 0;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyMethodDef writer_methods[] = {
    {"write", writer_write, METH_O, NULL},
    {"close", writer_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot writer_slots[] = {
    {Py_tp_methods, writer_methods},
    {0, NULL},
};

static PyType_Spec writer_spec = {
    .name = "bad.Writer",
    .basicsize = sizeof(Writer),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = writer_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&writer_spec);
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
    .m_name = "critical_section_escape_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_bad(void) {
  return PyModuleDef_Init(&definition);
}

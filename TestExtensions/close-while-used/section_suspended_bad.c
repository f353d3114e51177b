// Both hold the critical section; but the reader detaches, and the section is suspended with that.
#include <Python.h>
#include <stdio.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  FILE *stream;  // expect: close-while-used
} Spool;

static PyObject *spool_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Spool *self = (Spool *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->stream = tmpfile();
  if (self->stream == NULL) {
    Py_DECREF(self);
    return PyErr_SetFromErrno(PyExc_OSError);
  }
  return (PyObject *)self;
}

static void spool_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  if (((Spool *)op)->stream != NULL) {
    fclose(((Spool *)op)->stream);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *spool_write(PyObject *op, PyObject *arg) {
  Spool *self = (Spool *)op;
  char *text;
  Py_ssize_t size;
  size_t done = 0;
  if (PyBytes_AsStringAndSize(arg, &text, &size) < 0) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  FILE *stream = self->stream;  // expect: stale-value-after-suspension
  if (stream != NULL) {
    Py_BEGIN_ALLOW_THREADS
    done = fwrite(text, 1, (size_t)size, stream);
    Py_END_ALLOW_THREADS
  }
  Py_END_CRITICAL_SECTION();
  return PyLong_FromSize_t(done);
}

static PyObject *spool_close(PyObject *op, PyObject *unused) {
  Spool *self = (Spool *)op;
  Py_BEGIN_CRITICAL_SECTION(op);
  if (self->stream != NULL) {
    fclose(self->stream);
    self->stream = NULL;
  }
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyMethodDef spool_methods[] = {
    {"write", (PyCFunction)spool_write, METH_O, NULL},
    {"close", (PyCFunction)spool_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot spool_slots[] = {
    {Py_tp_new, spool_new},
    {Py_tp_dealloc, spool_dealloc},
    {Py_tp_methods, spool_methods},
    {0, NULL},
};

static PyType_Spec spool_spec = {
    .name = "section_suspended.Spool",
    .basicsize = sizeof(Spool),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = spool_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&spool_spec);
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
    .m_name = "close_while_used_section_suspended_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_section_suspended_bad(void) {
  return PyModuleDef_Init(&definition);
}

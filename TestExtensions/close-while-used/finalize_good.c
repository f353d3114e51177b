// close is a method by name only: it flushes. The handle ends in tp_finalize.
#include <Python.h>
#include <stdio.h>

typedef struct {
  PyObject_HEAD
  FILE *out;
} Sink;

static PyObject *sink_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Sink *self = (Sink *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->out = tmpfile();
  if (self->out == NULL) {
    Py_DECREF(self);
    return PyErr_SetFromErrno(PyExc_OSError);
  }
  return (PyObject *)self;
}

static void sink_finalize(PyObject *op) {
  Sink *self = (Sink *)op;
  if (self->out != NULL) {
    fclose(self->out);
    self->out = NULL;
  }
}

static void sink_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  if (PyObject_CallFinalizerFromDealloc(op) < 0) {
    return;
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *sink_write(Sink *self, PyObject *arg) {
  char *text;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(arg, &text, &size) < 0) {
    return NULL;
  }
  FILE *out = self->out;
  size_t done;
  Py_BEGIN_ALLOW_THREADS
  done = fwrite(text, 1, (size_t)size, out);
  Py_END_ALLOW_THREADS
  return PyLong_FromSize_t(done);
}

static PyObject *sink_close(Sink *self, PyObject *unused) {
  FILE *out = self->out;
  int result;
  Py_BEGIN_ALLOW_THREADS
  result = fflush(out);
  Py_END_ALLOW_THREADS
  return result == 0 ? Py_NewRef(Py_None) : PyErr_SetFromErrno(PyExc_OSError);
}

static PyMethodDef sink_methods[] = {
    {"write", (PyCFunction)sink_write, METH_O, NULL},
    {"close", (PyCFunction)sink_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot sink_slots[] = {
    {Py_tp_new, sink_new},
    {Py_tp_finalize, sink_finalize},
    {Py_tp_dealloc, sink_dealloc},
    {Py_tp_methods, sink_methods},
    {0, NULL},
};

static PyType_Spec sink_spec = {
    .name = "finalize.Sink",
    .basicsize = sizeof(Sink),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = sink_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&sink_spec);
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
    .m_name = "close_while_used_finalize_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_finalize_good(void) {
  return PyModuleDef_Init(&definition);
}

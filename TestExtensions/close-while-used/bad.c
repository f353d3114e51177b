// One thread reads from the file, detached, while another closes it.
#include <Python.h>
#include <stdio.h>

typedef struct {
  PyObject_HEAD
  FILE *file;  // expect: close-while-used
} LogFile;

static PyObject *logfile_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  const char *path;
  if (!PyArg_ParseTuple(args, "s:LogFile", &path)) {
    return NULL;
  }
  LogFile *self = (LogFile *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->file = fopen(path, "rb");
  if (self->file == NULL) {
    Py_DECREF(self);
    return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
  }
  return (PyObject *)self;
}

static void logfile_dealloc(PyObject *op) {
  LogFile *self = (LogFile *)op;
  PyTypeObject *type = Py_TYPE(op);
  if (self->file != NULL) {
    fclose(self->file);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *logfile_read(LogFile *self, PyObject *unused) {
  FILE *file = self->file;
  if (file == NULL) {
    PyErr_SetString(PyExc_ValueError, "the file is closed");
    return NULL;
  }
  char chunk[4096];
  size_t size;
  Py_BEGIN_ALLOW_THREADS
  size = fread(chunk, 1, sizeof(chunk), file);
  Py_END_ALLOW_THREADS
  return PyBytes_FromStringAndSize(chunk, (Py_ssize_t)size);
}

static PyObject *logfile_close(LogFile *self, PyObject *unused) {
  FILE *file = self->file;
  if (file != NULL) {
    self->file = NULL;
    fclose(file);
  }
  Py_RETURN_NONE;
}

static PyMethodDef logfile_methods[] = {
    {"read", (PyCFunction)logfile_read, METH_NOARGS, NULL},
    {"close", (PyCFunction)logfile_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot logfile_slots[] = {
    {Py_tp_new, logfile_new},
    {Py_tp_dealloc, logfile_dealloc},
    {Py_tp_methods, logfile_methods},
    {0, NULL},
};

static PyType_Spec logfile_spec = {
    .name = "bad.LogFile",
    .basicsize = sizeof(LogFile),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = logfile_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&logfile_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "close_while_used_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

// Reading and closing hold the mutex of the object from the look at the handle to the end of its use.
#include <Python.h>
#include <stdio.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  FILE *file;
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
  char chunk[4096];
  size_t size = 0;
  int closed;
  Py_BEGIN_ALLOW_THREADS
  PyMutex_Lock(&self->mutex);
  closed = self->file == NULL;
  if (!closed) {
    size = fread(chunk, 1, sizeof(chunk), self->file);
  }
  PyMutex_Unlock(&self->mutex);
  Py_END_ALLOW_THREADS
  if (closed) {
    PyErr_SetString(PyExc_ValueError, "the file is closed");
    return NULL;
  }
  return PyBytes_FromStringAndSize(chunk, (Py_ssize_t)size);
}

static PyObject *logfile_close(LogFile *self, PyObject *unused) {
  PyMutex_Lock(&self->mutex);
  if (self->file != NULL) {
    fclose(self->file);
    self->file = NULL;
  }
  PyMutex_Unlock(&self->mutex);
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
    .name = "good.LogFile",
    .basicsize = sizeof(LogFile),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = logfile_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&logfile_spec);
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
    .m_name = "close_while_used_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_good(void) {
  return PyModuleDef_Init(&definition);
}

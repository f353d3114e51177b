// Uses are counted under the mutex; the last one out closes what was to be closed meanwhile.
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
  int users;
  int closing;
} Archive;

static FILE *begin_use(Archive *self) {
  FILE *file = NULL;
  PyMutex_Lock(&self->mutex);
  if (self->file != NULL && !self->closing) {
    self->users++;
    file = self->file;
  }
  PyMutex_Unlock(&self->mutex);
  return file;
}

static void end_use(Archive *self) {
  FILE *last = NULL;
  PyMutex_Lock(&self->mutex);
  if (--self->users == 0 && self->closing) {
    last = self->file;
    self->file = NULL;
  }
  PyMutex_Unlock(&self->mutex);
  if (last != NULL) {
    fclose(last);
  }
}

static PyObject *archive_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Archive *self = (Archive *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->file = tmpfile();
  return (PyObject *)self;
}

static void archive_dealloc(PyObject *op) {
  Archive *self = (Archive *)op;
  PyTypeObject *type = Py_TYPE(op);
  if (self->file != NULL) {
    fclose(self->file);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *archive_read(Archive *self, PyObject *unused) {
  char chunk[512];
  size_t size;
  FILE *file = begin_use(self);
  if (file == NULL) {
    PyErr_SetString(PyExc_ValueError, "closed");
    return NULL;
  }
  Py_BEGIN_ALLOW_THREADS
  size = fread(chunk, 1, sizeof(chunk), file);
  Py_END_ALLOW_THREADS
  end_use(self);
  return PyBytes_FromStringAndSize(chunk, (Py_ssize_t)size);
}

static PyObject *archive_close(Archive *self, PyObject *unused) {
  FILE *file = NULL;
  PyMutex_Lock(&self->mutex);
  self->closing = 1;
  if (self->users == 0) {
    file = self->file;
    self->file = NULL;
  }
  PyMutex_Unlock(&self->mutex);
  if (file != NULL) {
    fclose(file);
  }
  Py_RETURN_NONE;
}

static PyMethodDef archive_methods[] = {
    {"read", (PyCFunction)archive_read, METH_NOARGS, NULL},
    {"close", (PyCFunction)archive_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot archive_slots[] = {
    {Py_tp_new, archive_new},
    {Py_tp_dealloc, archive_dealloc},
    {Py_tp_methods, archive_methods},
    {0, NULL},
};

static PyType_Spec archive_spec = {
    .name = "in_use.Archive",
    .basicsize = sizeof(Archive),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = archive_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&archive_spec);
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
    .m_name = "close_while_used_in_use_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_in_use_good(void) {
  return PyModuleDef_Init(&definition);
}

// A file descriptor: after the close, its number can be that of another file.
#include <Python.h>
#include <fcntl.h>
#include <unistd.h>

typedef struct {
  PyObject_HEAD
  int fd;  // expect: close-while-used
} RawFile;

static PyObject *rawfile_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  const char *path;
  if (!PyArg_ParseTuple(args, "s:RawFile", &path)) {
    return NULL;
  }
  RawFile *self = (RawFile *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->fd = open(path, O_RDONLY | O_CLOEXEC);
  if (self->fd < 0) {
    Py_DECREF(self);
    return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
  }
  return (PyObject *)self;
}

static void rawfile_dealloc(PyObject *op) {
  if (((RawFile *)op)->fd >= 0) {
    close(((RawFile *)op)->fd);
  }
  Py_TYPE(op)->tp_free(op);
}

#define CHECK_OPEN(self)                                  \
  if ((self)->fd < 0) {                                   \
    PyErr_SetString(PyExc_ValueError, "closed raw file"); \
    return NULL;                                          \
  }

static PyObject *rawfile_pread(RawFile *self, PyObject *args) {
  long long offset;
  if (!PyArg_ParseTuple(args, "L:pread", &offset)) {
    return NULL;
  }
  CHECK_OPEN(self);
  char block[4096];
  int fd = self->fd;
  ssize_t done;
  Py_BEGIN_ALLOW_THREADS
  done = pread(fd, block, sizeof(block), (off_t)offset);
  Py_END_ALLOW_THREADS
  if (done < 0) {
    return PyErr_SetFromErrno(PyExc_OSError);
  }
  return PyBytes_FromStringAndSize(block, done);
}

static PyObject *rawfile_close(RawFile *self, PyObject *unused) {
  int fd = self->fd, result = 0;
  self->fd = -1;
  if (fd >= 0) {
    Py_BEGIN_ALLOW_THREADS
    result = close(fd);
    Py_END_ALLOW_THREADS
  }
  return result < 0 ? PyErr_SetFromErrno(PyExc_OSError) : Py_NewRef(Py_None);
}

static PyMethodDef rawfile_methods[] = {
    {"pread", (PyCFunction)rawfile_pread, METH_VARARGS, NULL},
    {"close", (PyCFunction)rawfile_close, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject RawFile_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "descriptor.RawFile",
    .tp_basicsize = sizeof(RawFile),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = rawfile_new,
    .tp_dealloc = rawfile_dealloc,
    .tp_methods = rawfile_methods,
};

static int add_types(PyObject *module) {
  return PyModule_AddType(module, &RawFile_Type);
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
    .m_name = "close_while_used_descriptor_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_descriptor_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

// The handle lives as long as the object: only tp_dealloc ends it, tp_new does when it fails.
#include <Python.h>
#include <iconv.h>
#include <stdio.h>

typedef struct {
  PyObject_HEAD
  FILE *file;
  iconv_t converter;
} Reader;

static void reader_close(Reader *self) {
  if (self->file != NULL) {
    fclose(self->file);
    self->file = NULL;
  }
  if (self->converter != (iconv_t)-1) {
    iconv_close(self->converter);
    self->converter = (iconv_t)-1;
  }
}

static PyObject *reader_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  const char *path, *encoding;
  if (!PyArg_ParseTuple(args, "ss:Reader", &path, &encoding)) {
    return NULL;
  }
  Reader *self = (Reader *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->converter = iconv_open("UTF-8", encoding);
  self->file = fopen(path, "rb");
  if (self->file == NULL || self->converter == (iconv_t)-1) {
    reader_close(self);
    Py_DECREF(self);
    return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
  }
  return (PyObject *)self;
}

static void reader_dealloc(PyObject *op) {
  Reader *self = (Reader *)op;
  PyTypeObject *type = Py_TYPE(op);
  reader_close(self);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *reader_read(Reader *self, PyObject *unused) {
  char chunk[1024];
  size_t size;
  FILE *file = self->file;  // locks itself
  Py_BEGIN_ALLOW_THREADS
  size = fread(chunk, 1, sizeof(chunk), file);
  Py_END_ALLOW_THREADS
  return PyBytes_FromStringAndSize(chunk, (Py_ssize_t)size);
}

static PyObject *reader_at_end(Reader *self, PyObject *unused) {
  return PyBool_FromLong(feof(self->file));
}

static PyMethodDef reader_methods[] = {
    {"read", (PyCFunction)reader_read, METH_NOARGS, NULL},
    {"at_end", (PyCFunction)reader_at_end, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot reader_slots[] = {
    {Py_tp_new, reader_new},
    {Py_tp_dealloc, reader_dealloc},
    {Py_tp_methods, reader_methods},
    {0, NULL},
};

static PyType_Spec reader_spec = {
    .name = "dealloc.Reader",
    .basicsize = sizeof(Reader),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = reader_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&reader_spec);
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
    .m_name = "close_while_used_dealloc_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_dealloc_good(void) {
  return PyModuleDef_Init(&definition);
}

// Each call opens and closes a handle of its own; what the object holds is a path.
#include <Python.h>
#include <stdio.h>

typedef struct {
  FILE *file;
  long bytes;
} Scan;

typedef struct {
  PyObject_HEAD
  PyObject *path;
} Counter;

static int scan_open(Scan *scan, const char *path) {
  scan->bytes = 0;
  scan->file = fopen(path, "rb");
  return scan->file != NULL ? 0 : -1;
}

static void scan_close(Scan *scan) {
  if (scan->file != NULL) {
    fclose(scan->file);
    scan->file = NULL;
  }
}

static void scan_run(Scan *scan) {
  char chunk[4096];
  size_t size;
  while ((size = fread(chunk, 1, sizeof(chunk), scan->file)) > 0) {
    scan->bytes += (long)size;
  }
}

static PyObject *counter_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *path;
  if (!PyArg_ParseTuple(args, "U:Counter", &path)) {
    return NULL;
  }
  Counter *self = (Counter *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->path = Py_NewRef(path);
  }
  return (PyObject *)self;
}

static void counter_dealloc(PyObject *op) {
  Counter *self = (Counter *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->path);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *counter_count(Counter *self, PyObject *unused) {
  Scan scan;
  const char *path = PyUnicode_AsUTF8(self->path);
  if (path == NULL) {
    return NULL;
  }
  if (scan_open(&scan, path) < 0) {
    return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
  }
  Py_BEGIN_ALLOW_THREADS
  scan_run(&scan);
  Py_END_ALLOW_THREADS
  scan_close(&scan);
  return PyLong_FromLong(scan.bytes);
}

static PyMethodDef counter_methods[] = {
    {"count", (PyCFunction)counter_count, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot counter_slots[] = {
    {Py_tp_new, counter_new},
    {Py_tp_dealloc, counter_dealloc},
    {Py_tp_methods, counter_methods},
    {0, NULL},
};

static PyType_Spec counter_spec = {
    .name = "local.Counter",
    .basicsize = sizeof(Counter),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = counter_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&counter_spec);
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
    .m_name = "close_while_used_local_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_local_good(void) {
  return PyModuleDef_Init(&definition);
}

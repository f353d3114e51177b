// resize holds the section and refuses while there are exports, but the slots take no lock.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  Py_ssize_t exports;  // expect: buffer-export-counter
  unsigned char *bytes;  // expect: resizable-buffer
  Py_ssize_t count;
} Buffer;

#define EXPORTS(op) (((Buffer *)(op))->exports)

static void buffer_dealloc(PyObject *op) {
  Buffer *self = (Buffer *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->bytes);
  type->tp_free(op);
  Py_DECREF(type);
}

static int buffer_getbuffer(PyObject *op, Py_buffer *view, int flags) {
  Buffer *self = (Buffer *)op;
  if (PyBuffer_FillInfo(view, op, self->bytes, self->count, 0, flags) < 0) {
    return -1;
  }
  EXPORTS(op)++;
  return 0;
}

static void buffer_releasebuffer(PyObject *op, Py_buffer *view) {
  EXPORTS(op)--;
}

static PyObject *buffer_resize(Buffer *self, PyObject *arg) {
  Py_ssize_t count = PyLong_AsSsize_t(arg);
  if (count == -1 && PyErr_Occurred()) {
    return NULL;
  }
  int busy = 0, failed = 0;
  Py_BEGIN_CRITICAL_SECTION(self);
  if (self->exports > 0) {
    busy = 1;
  } else {
    unsigned char *bytes = PyMem_Realloc(self->bytes, (size_t)count + 1);
    if (bytes != NULL) {
      self->bytes = bytes;
      self->count = count;
    } else {
      failed = 1;
    }
  }
  Py_END_CRITICAL_SECTION();
  if (busy) {
    PyErr_SetString(PyExc_BufferError, "the buffer is exported");
    return NULL;
  }
  return failed ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

static PyMethodDef buffer_methods[] = {
    {"resize", (PyCFunction)buffer_resize, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot buffer_slots[] = {
    {Py_tp_dealloc, buffer_dealloc},
    {Py_tp_methods, buffer_methods},
    {Py_bf_getbuffer, buffer_getbuffer},
    {Py_bf_releasebuffer, buffer_releasebuffer},
    {0, NULL},
};

static PyType_Spec buffer_spec = {
    .name = "resize.Buffer",
    .basicsize = sizeof(Buffer),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = buffer_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&buffer_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "buffer_export_counter_resize_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_buffer_export_counter_resize_bad(void) {
  return PyModuleDef_Init(&module_def);
}

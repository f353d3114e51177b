// No counter in the object: what a view needs is allocated with the view, and ends with it.
#include <Python.h>

typedef struct {
  Py_ssize_t shape[1];
  Py_ssize_t strides[1];
} ViewData;

typedef struct {
  PyObject_HEAD
  short samples[32];
  Py_ssize_t length;
} Wave;

static PyObject *wave_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Wave *self = (Wave *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->length = 32;
    for (short i = 0; i < 32; i++) {
      self->samples[i] = (short)(i * i);
    }
  }
  return (PyObject *)self;
}

static void wave_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static int wave_getbuffer(PyObject *op, Py_buffer *view, int flags) {
  Wave *self = (Wave *)op;
  if (flags & PyBUF_WRITABLE) {
    PyErr_SetString(PyExc_BufferError, "a wave is read-only");
    return -1;
  }
  ViewData *data = PyMem_Malloc(sizeof(*data));
  if (data == NULL) {
    PyErr_NoMemory();
    return -1;
  }
  data->shape[0] = self->length;
  data->strides[0] = sizeof(short);
  view->buf = self->samples;
  view->obj = Py_NewRef(op);
  view->len = self->length * (Py_ssize_t)sizeof(short);
  view->itemsize = sizeof(short);
  view->readonly = 1;
  view->ndim = 1;
  view->format = (flags & PyBUF_FORMAT) ? "h" : NULL;
  view->shape = data->shape;
  view->strides = data->strides;
  view->suboffsets = NULL;
  view->internal = data;
  return 0;
}

static void wave_releasebuffer(PyObject *op, Py_buffer *view) {
  PyMem_Free(view->internal);
  view->internal = NULL;
}

static PyType_Slot wave_slots[] = {
    {Py_tp_new, wave_new},
    {Py_tp_dealloc, wave_dealloc},
    {Py_bf_getbuffer, wave_getbuffer},
    {Py_bf_releasebuffer, wave_releasebuffer},
    {0, NULL},
};

static PyType_Spec wave_spec = {
    .name = "internal.Wave",
    .basicsize = sizeof(Wave),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = wave_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&wave_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "buffer_export_counter_internal_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_buffer_export_counter_internal_good(void) {
  return PyModuleDef_Init(&module_def);
}

// The package's own decoder ends in a helper of the context manager; a helper of tp_iternext uses it.
#include <Python.h>
#include <stdlib.h>

typedef struct {
  unsigned char *window;
  unsigned int state;
} decoder_t;

static decoder_t *decoder_create(void) {
  decoder_t *decoder = calloc(1, sizeof(*decoder));
  if (decoder != NULL) {
    decoder->window = calloc(1, 4096);
  }
  return decoder;
}

static void decoder_destroy(decoder_t *decoder) {
  free(decoder->window);
  free(decoder);
}

static int decoder_window_at(const decoder_t *decoder, unsigned int position) {
  return decoder->window != NULL ? decoder->window[position % 4096] : -1;
}

typedef struct {
  PyObject_HEAD
  decoder_t *decoder;  // expect: close-while-used
} Decoder;

static int check_open(Decoder *self) {
  if (self->decoder == NULL) {
    PyErr_SetString(PyExc_ValueError, "operation on closed decoder");
    return -1;
  }
  return 0;
}

static void do_close(Decoder *self) {
  if (self->decoder != NULL) {
    decoder_destroy(self->decoder);
    self->decoder = NULL;
  }
}

static PyObject *decoder_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Decoder *self = (Decoder *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->decoder = decoder_create();
  if (self->decoder == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  return (PyObject *)self;
}

static void decoder_dealloc(PyObject *op) {
  Decoder *self = (Decoder *)op;
  PyTypeObject *type = Py_TYPE(op);
  do_close(self);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *decoder_call(PyObject *op, PyObject *args, PyObject *kwargs) {
  Decoder *self = (Decoder *)op;
  unsigned int position;
  if (!PyArg_ParseTuple(args, "I", &position) || check_open(self) < 0) {
    return NULL;
  }
  return PyLong_FromLong(decoder_window_at(self->decoder, position));
}

static PyObject *decoder_enter(PyObject *op, PyObject *unused) {
  return Py_NewRef(op);
}

static PyObject *decoder_exit(PyObject *op, PyObject *args) {
  do_close((Decoder *)op);
  Py_RETURN_FALSE;
}

static PyMethodDef decoder_methods[] = {
    {"__enter__", (PyCFunction)decoder_enter, METH_NOARGS, NULL},
    {"__exit__", (PyCFunction)decoder_exit, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot decoder_slots[] = {
    {Py_tp_new, decoder_new},
    {Py_tp_dealloc, decoder_dealloc},
    {Py_tp_call, decoder_call},
    {Py_tp_methods, decoder_methods},
    {0, NULL},
};

static PyType_Spec decoder_spec = {
    .name = "helper.Decoder",
    .basicsize = sizeof(Decoder),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = decoder_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&decoder_spec);
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
    .m_name = "close_while_used_helper_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_helper_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

// A converter of the C library: no detached region, so that the GIL was the lock of it.
#include <Python.h>
#include <iconv.h>

#define NO_CONVERTER ((iconv_t)-1)

typedef struct {
  PyObject_HEAD
  iconv_t converter;  // expect: close-while-used
} Converter;

static PyObject *converter_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  const char *to, *from;
  if (!PyArg_ParseTuple(args, "ss:Converter", &to, &from)) {
    return NULL;
  }
  Converter *self = (Converter *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->converter = iconv_open(to, from);
  if (self->converter == NO_CONVERTER) {
    Py_DECREF(self);
    return PyErr_SetFromErrno(PyExc_LookupError);
  }
  return (PyObject *)self;
}

static void converter_dealloc(PyObject *op) {
  Converter *self = (Converter *)op;
  if (self->converter != NO_CONVERTER) {
    iconv_close(self->converter);
  }
  Py_TYPE(op)->tp_free(op);
}

static PyObject *converter_convert(Converter *self, PyObject *bytes) {
  char *in, out[512], *to = out;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &in, &size) < 0) {
    return NULL;
  }
  if (self->converter == NO_CONVERTER) {
    PyErr_SetString(PyExc_ValueError, "closed");
    return NULL;
  }
  size_t left = (size_t)size, room = sizeof(out);
  if (iconv(self->converter, &in, &left, &to, &room) == (size_t)-1) {
    return PyErr_SetFromErrno(PyExc_ValueError);
  }
  return PyBytes_FromStringAndSize(out, to - out);
}

static PyObject *converter_exit(Converter *self, PyObject *args) {
  if (self->converter != NO_CONVERTER) {
    iconv_close(self->converter);
    self->converter = NO_CONVERTER;
  }
  Py_RETURN_NONE;
}

static PyMethodDef converter_methods[] = {
    {"convert", (PyCFunction)converter_convert, METH_O, NULL},
    {"__exit__", (PyCFunction)converter_exit, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Converter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "attached.Converter",
    .tp_basicsize = sizeof(Converter),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = converter_new,
    .tp_dealloc = converter_dealloc,
    .tp_methods = converter_methods,
};

static int exec_module(PyObject *module) {
  return PyModule_AddType(module, &Converter_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "close_while_used_attached_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_close_while_used_attached_bad(void) {
  return PyModuleDef_Init(&definition);
}

// ENTER and LEAVE sound like a lock, and are a flag.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  char in_use;  // expect: busy-flag
  long total;
} Encoder;

#define ENTER_ENCODER(self)                                            \
  if ((self)->in_use) {                                                \
    return PyErr_Format(PyExc_ValueError, "concurrent use of %R", op); \
  }                                                                    \
  (self)->in_use = 1
#define LEAVE_ENCODER(self) ((self)->in_use = 0)

static void encoder_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *encoder_encode(PyObject *op, PyObject *arg) {
  Encoder *self = (Encoder *)op;
  ENTER_ENCODER(self);
  PyObject *text = PyObject_Str(arg);
  PyObject *bytes = text != NULL ? PyUnicode_AsUTF8String(text) : NULL;
  Py_XDECREF(text);
  LEAVE_ENCODER(self);
  return bytes;
}

static PyObject *encoder_repr_of(PyObject *op, PyObject *arg) {
  Encoder *self = (Encoder *)op;
  ENTER_ENCODER(self);
  PyObject *text = PyObject_Repr(arg);
  LEAVE_ENCODER(self);
  return text;
}

static PyMethodDef encoder_methods[] = {
    {"encode", (PyCFunction)encoder_encode, METH_O, NULL},
    {"repr_of", (PyCFunction)encoder_repr_of, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot encoder_slots[] = {
    {Py_tp_dealloc, encoder_dealloc},
    {Py_tp_methods, encoder_methods},
    {0, NULL},
};

static PyType_Spec encoder_spec = {
    .name = "macro.Encoder",
    .basicsize = sizeof(Encoder),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = encoder_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&encoder_spec);
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
    .m_name = "busy_flag_macro_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_busy_flag_macro_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

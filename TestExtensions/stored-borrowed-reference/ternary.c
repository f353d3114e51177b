// '?:' chooses between a borrowed reference and None; a switch stores in one of its cases.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *encoder;
  PyObject *extra;
} Format;

static PyObject *format_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *encoder = NULL, *extra = NULL;
  int kind = 0;
  if (!PyArg_ParseTuple(args, "|OOi", &encoder, &extra, &kind)) {
    return NULL;
  }
  Format *self = (Format *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->encoder = encoder != NULL ? encoder : Py_None;  // expect: stored-borrowed-reference
  switch (kind) {
    case 0:
      self->extra = Py_None;
      break;
    case 1:
      self->extra = extra;  // expect: stored-borrowed-reference
      break;
    default:
      self->extra = PyLong_FromLong(kind);
      break;
  }
  return (PyObject *)self;
}

static void format_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *format_encode(PyObject *self, PyObject *object) {
  return PyObject_CallOneArg(((Format *)self)->encoder, object);
}

static PyMethodDef format_methods[] = {
    {"encode", format_encode, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot format_slots[] = {
    {Py_tp_new, format_new},
    {Py_tp_dealloc, format_dealloc},
    {Py_tp_methods, format_methods},
    {0, NULL},
};

static PyType_Spec format_spec = {
    .name = "ternary.Format",
    .basicsize = sizeof(Format),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = format_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&format_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stored_borrowed_reference_ternary",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_ternary(void) {
  return PyModuleDef_Init(&definition);
}

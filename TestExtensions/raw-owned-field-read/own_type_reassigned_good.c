// The object is this function's own until it is returned; the helper gives back what it gets, into
// the same variable.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  // expect-wrong: raw-owned-field-read  a variable set from itself by a helper is not private
  PyObject *name;
} Codec;

static PyTypeObject Codec_Type;

static void codec_dealloc(PyObject *op) {
  Py_XDECREF(((Codec *)op)->name);
  Py_TYPE(op)->tp_free(op);
}

static PyObject *codec_name(PyObject *op, PyObject *unused) {
  PyObject *name = ((Codec *)op)->name;
  return Py_NewRef(name != NULL ? name : Py_None);
}

static PyMethodDef codec_methods[] = {
    {"name", codec_name, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Codec_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "own_type_reassigned.Codec",
    .tp_basicsize = sizeof(Codec),
    .tp_dealloc = codec_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = codec_methods,
    .tp_new = PyType_GenericNew,
};

static Codec *named(Codec *codec, PyObject *name) {
  PyObject *old = codec->name;
  codec->name = Py_NewRef(name);
  Py_XDECREF(old);
  return codec;
}

static PyObject *make(PyObject *module, PyObject *name) {
  Codec *codec = (Codec *)PyObject_CallNoArgs((PyObject *)&Codec_Type);
  if (codec == NULL) {
    return NULL;
  }
  codec = named(codec, name);
  return (PyObject *)codec;
}

static int exec_module(PyObject *module) {
  return PyModule_AddType(module, &Codec_Type);
}

static PyMethodDef methods[] = {
    {"make", make, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    // expect-wrong: declared-safe-but-hazardous  there is no hazard
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raw_owned_field_read_own_type_reassigned_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_own_type_reassigned_good(void) {
  return PyModuleDef_Init(&definition);
}

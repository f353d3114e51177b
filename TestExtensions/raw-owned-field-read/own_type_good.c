// The objects are made by calling the type; nobody else has them when their field is replaced.
#include <Python.h>

typedef struct {
  PyObject_HEAD
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
    .tp_name = "own_type.Codec",
    .tp_basicsize = sizeof(Codec),
    .tp_dealloc = codec_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = codec_methods,
    .tp_new = PyType_GenericNew,
};

static PyObject *make(PyObject *module, PyObject *name) {
  Codec *codec = (Codec *)PyObject_CallNoArgs((PyObject *)&Codec_Type);
  if (codec == NULL) {
    return NULL;
  }
  Py_CLEAR(codec->name);
  codec->name = Py_NewRef(name);
  return (PyObject *)codec;
}

static Codec *named(Codec *codec, PyObject *name) {
  PyObject *old = codec->name;
  codec->name = Py_NewRef(name);
  Py_XDECREF(old);
  return codec;
}

static PyObject *make_default(PyObject *module, PyObject *unused) {
  Codec *codec = (Codec *)PyObject_CallFunction((PyObject *)&Codec_Type, NULL);
  if (codec == NULL) {
    return NULL;
  }
  Codec *result = named(codec, Py_None);
  Py_XSETREF(result->name, PyUnicode_FromString("utf-8"));
  return (PyObject *)result;
}

static Codec *new_codec(void) {
  Codec *codec = NULL, *result = NULL;
  if ((codec = (Codec *)PyObject_CallNoArgs((PyObject *)&Codec_Type)) == NULL) {
    goto done;
  }
  result = codec;
  codec = NULL;
done:
  Py_XDECREF(codec);
  return result;
}

static PyObject *make_like(PyObject *module, PyObject *other) {
  Codec *codec = new_codec();
  if (codec == NULL) {
    return NULL;
  }
  Py_XSETREF(codec->name, PyObject_Str(other));
  return (PyObject *)codec;
}

static int exec_module(PyObject *module) {
  return PyModule_AddType(module, &Codec_Type);
}

static PyMethodDef methods[] = {
    {"make", make, METH_O, NULL},
    {"make_default", make_default, METH_NOARGS, NULL},
    {"make_like", make_like, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raw_owned_field_read_own_type_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_own_type_good(void) {
  return PyModuleDef_Init(&definition);
}

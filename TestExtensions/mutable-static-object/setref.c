// The macros for replacing and clearing are no protection for other threads.
#include <Python.h>

static PyObject *encoder;  // expect: mutable-static-object

static PyObject *set_encoder(PyObject *module, PyObject *function) {
  Py_XSETREF(encoder, Py_NewRef(function));
  Py_RETURN_NONE;
}

static PyObject *reset(PyObject *module, PyObject *unused) {
  Py_CLEAR(encoder);
  Py_RETURN_NONE;
}

static PyObject *encode(PyObject *module, PyObject *object) {
  return encoder == NULL ? PyObject_Str(object) : PyObject_CallOneArg(encoder, object);
}

static PyMethodDef methods[] = {
    {"set_encoder", set_encoder, METH_O, NULL},
    {"reset", reset, METH_NOARGS, NULL},
    {"encode", encode, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_object_setref",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_setref(void) {
  return PyModuleDef_Init(&definition);
}

// The setter is made by a macro.
#include <Python.h>

#define SETTER(name) \
  static PyObject *set_##name(PyObject *module, PyObject *value) { \
    PyObject *old = name; \
    name = Py_NewRef(value); \
    Py_XDECREF(old); \
    Py_RETURN_NONE; \
  }

static PyObject *on_open;  // expect: mutable-static-object
static PyObject *on_close;  // expect: mutable-static-object

SETTER(on_open)
SETTER(on_close)

static PyObject *hooks(PyObject *module, PyObject *unused) {
  return Py_BuildValue("(OO)", on_open ? on_open : Py_None, on_close ? on_close : Py_None);
}

static PyMethodDef methods[] = {
    {"set_on_open", set_on_open, METH_O, NULL},
    {"set_on_close", set_on_close, METH_O, NULL},
    {"hooks", hooks, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_object_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_macro(void) {
  return PyModuleDef_Init(&definition);
}

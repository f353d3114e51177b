// A callback that can be replaced at any time. A thread can call an object that another has just
// freed.
#include <Python.h>

static PyObject *callback;  // expect: mutable-static-object

static PyObject *set_callback(PyObject *module, PyObject *function) {
  Py_XDECREF(callback);
  callback = Py_NewRef(function);
  Py_RETURN_NONE;
}

static PyObject *notify(PyObject *module, PyObject *event) {
  if (callback == NULL) {
    Py_RETURN_NONE;
  }
  return PyObject_CallOneArg(callback, event);
}

static PyMethodDef methods[] = {
    {"set_callback", set_callback, METH_O, NULL},
    {"notify", notify, METH_O, NULL},
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
    .m_name = "mutable_static_object_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_bad(void) {
  return PyModuleDef_Init(&definition);
}

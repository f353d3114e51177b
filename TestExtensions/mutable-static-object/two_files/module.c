// Defined here, replaced in configure.c, called here.
#include <Python.h>

PyObject *mutable_static_object_two_files_handler;  // expect: mutable-static-object

PyObject *mutable_static_object_two_files_configure(PyObject *module, PyObject *handler);

static PyObject *configure(PyObject *module, PyObject *handler) {
  return mutable_static_object_two_files_configure(module, handler);
}

static PyObject *handle(PyObject *module, PyObject *event) {
  if (mutable_static_object_two_files_handler == NULL) {
    Py_RETURN_NONE;
  }
  return PyObject_CallOneArg(mutable_static_object_two_files_handler, event);
}

static PyMethodDef methods[] = {
    {"configure", configure, METH_O, NULL},
    {"handle", handle, METH_O, NULL},
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
    .m_name = "mutable_static_object_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_two_files(void) {
  return PyModuleDef_Init(&definition);
}

// Defined here, set by the exec function of another file, used here.
#include <Python.h>

PyObject *mutable_static_object_two_files_good_error;

int mutable_static_object_two_files_good_exec(PyObject *module);

static int exec_module(PyObject *module) {
  return mutable_static_object_two_files_good_exec(module);
}

static PyObject *fail(PyObject *module, PyObject *text) {
  PyErr_SetObject(mutable_static_object_two_files_good_error, text);
  return NULL;
}

static PyObject *error_type(PyObject *module, PyObject *unused) {
  Py_INCREF(mutable_static_object_two_files_good_error);
  return mutable_static_object_two_files_good_error;
}

static PyMethodDef methods[] = {
    {"fail", fail, METH_O, NULL},
    {"error_type", error_type, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_object_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}

// One of the helpers in the other file returns a borrowed reference, the other a new one.
#include <Python.h>

PyObject *helper_returns_borrowed_two_files_name(PyObject *table, PyObject *code);
PyObject *helper_returns_borrowed_two_files_name_ref(PyObject *table, PyObject *code);

static PyObject *name(PyObject *module, PyObject *args) {
  PyObject *table, *code;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &table, &code)) {
    return NULL;
  }
  PyObject *name = helper_returns_borrowed_two_files_name(table, code);
  if (name == NULL) {
    PyErr_Clear();
    return helper_returns_borrowed_two_files_name_ref(table, Py_None);
  }
  return PyUnicode_FromFormat("<%S>", name);
}

static PyMethodDef methods[] = {
    {"name", name, METH_VARARGS, NULL},
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
    .m_name = "helper_returns_borrowed_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_two_files(void) {
  return PyModuleDef_Init(&definition);
}

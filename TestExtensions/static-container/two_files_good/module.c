// List and lock are defined in names.c, whose functions add and search; this file calls them.
#include <Python.h>

int two_files_good_add(const char *text);
int two_files_good_has(const char *text);

static PyObject *add_name(PyObject *module, PyObject *args) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s", &text)) {
    return NULL;
  }
  return two_files_good_add(text) < 0 ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

static PyObject *has_name(PyObject *module, PyObject *args) {
  const char *text;
  return PyArg_ParseTuple(args, "s", &text) ? PyBool_FromLong(two_files_good_has(text)) : NULL;
}

static PyMethodDef methods[] = {
    {"add_name", add_name, METH_VARARGS, NULL},
    {"has_name", has_name, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_container_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}

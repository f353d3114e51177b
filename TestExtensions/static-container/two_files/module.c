// The list is defined in names.c, which searches it; this file adds to it.
#include <Python.h>
#include "names.h"

static PyObject *add_name(PyObject *module, PyObject *args) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s", &text)) {
    return NULL;
  }
  struct name *name = PyMem_RawMalloc(sizeof(*name));
  if (name == NULL) {
    return PyErr_NoMemory();
  }
  name->text = strdup(text);
  name->next = two_files_names;
  two_files_names = name;
  Py_RETURN_NONE;
}

static PyObject *has_name(PyObject *module, PyObject *args) {
  const char *text;
  return PyArg_ParseTuple(args, "s", &text) ? PyBool_FromLong(two_files_has_name(text)) : NULL;
}

static PyMethodDef methods[] = {
    {"add_name", add_name, METH_VARARGS, NULL},
    {"has_name", has_name, METH_VARARGS, NULL},
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
    .m_name = "static_container_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_two_files(void) {
  return PyModuleDef_Init(&definition);
}

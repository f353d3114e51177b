// Handle and use are in a header.
#include <Python.h>
#include "folder.h"

static int exec_module(PyObject *module) {
  shared_library_handle_header_folder = opendir("/");
  return shared_library_handle_header_folder == NULL ? -1 : 0;
}

static PyObject *next_name(PyObject *module, PyObject *unused) {
  char name[256] = {0};
  if (!read_name(name, sizeof(name))) {
    Py_RETURN_NONE;
  }
  return PyUnicode_DecodeFSDefault(name);
}

static PyMethodDef methods[] = {
    {"next_name", next_name, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_library_handle_header",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_header(void) {
  return PyModuleDef_Init(&definition);
}

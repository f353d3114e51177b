// The flag in the header is atomic, and tested and set in one step.
#include <Python.h>
#include "section.h"

static PyObject *run(PyObject *module, PyObject *function) {
  if (!section_enter()) {
    PyErr_SetString(PyExc_RuntimeError, "in use");
    return NULL;
  }
  PyObject *result = PyObject_CallNoArgs(function);
  section_leave();
  return result;
}

static PyMethodDef methods[] = {
    {"run", run, METH_O, NULL},
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
    .m_name = "home_made_lock_header_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_header_good(void) {
  return PyModuleDef_Init(&definition);
}

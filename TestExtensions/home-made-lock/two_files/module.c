// The flag is defined in device.c; this file locks with it too.
#include <Python.h>

extern int two_files_busy;
int two_files_reset(void);

static PyObject *run(PyObject *module, PyObject *function) {
  if (two_files_busy) {
    PyErr_SetString(PyExc_RuntimeError, "in use");
    return NULL;
  }
  two_files_busy = 1;
  PyObject *result = PyObject_CallNoArgs(function);
  two_files_busy = 0;
  return result;
}

static PyObject *reset(PyObject *module, PyObject *unused) {
  return PyBool_FromLong(two_files_reset());
}

static PyMethodDef methods[] = {
    {"run", run, METH_O, NULL},
    {"reset", reset, METH_NOARGS, NULL},
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
    .m_name = "home_made_lock_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_two_files(void) {
  return PyModuleDef_Init(&definition);
}

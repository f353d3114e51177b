// Helpers lock and unlock the flag that they are given the address of.
#include <Python.h>

static int in_use;  // expect: home-made-lock

static int try_lock(int *flag) {
  if (*flag) {
    return 0;
  }
  *flag = 1;
  return 1;
}

static void unlock(int *flag) {
  *flag = 0;
}

static PyObject *run(PyObject *module, PyObject *function) {
  if (!try_lock(&in_use)) {
    PyErr_SetString(PyExc_RuntimeError, "in use");
    return NULL;
  }
  PyObject *result = PyObject_CallNoArgs(function);
  unlock(&in_use);
  return result;
}

static PyMethodDef methods[] = {
    {"run", run, METH_O, NULL},
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
    .m_name = "home_made_lock_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_helper(void) {
  return PyModuleDef_Init(&definition);
}

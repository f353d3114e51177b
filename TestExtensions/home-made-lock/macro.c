// Macros test, set and clear the flag.
#include <Python.h>

#define ENTER(flag) \
  do { \
    if (flag) { \
      PyErr_SetString(PyExc_RuntimeError, "not re-entrant"); \
      return NULL; \
    } \
    (flag) = 1; \
  } while (0)
#define LEAVE(flag) ((flag) = 0)

static int running;  // expect: home-made-lock

static PyObject *run(PyObject *module, PyObject *function) {
  ENTER(running);
  PyObject *result = PyObject_CallNoArgs(function);
  LEAVE(running);
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
    .m_name = "home_made_lock_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_macro(void) {
  return PyModuleDef_Init(&definition);
}

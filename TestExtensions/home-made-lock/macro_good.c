// Macros exchange and clear the flag.
#include <Python.h>
#include <stdatomic.h>

#define ENTER(flag) \
  do { \
    if (atomic_exchange(&(flag), 1)) { \
      PyErr_SetString(PyExc_RuntimeError, "not re-entrant"); \
      return NULL; \
    } \
  } while (0)
#define LEAVE(flag) (atomic_store(&(flag), 0))

static atomic_int running;

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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "home_made_lock_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_macro_good(void) {
  return PyModuleDef_Init(&definition);
}

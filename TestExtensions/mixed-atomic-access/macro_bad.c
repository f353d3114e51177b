// The macro for the atomic store is used by one function; another clears the pointer by hand.
#include <Python.h>

#define STORE(place, value) __atomic_store_n(&(place), (value), __ATOMIC_RELEASE)
#define LOAD(place) __atomic_load_n(&(place), __ATOMIC_ACQUIRE)

static const char *const levels[] = {"quiet", "normal", "verbose"};
// expect: mixed-atomic-access
static const char *level;  // expect: mutable-static-table

static PyObject *set_level(PyObject *module, PyObject *number) {
  long index = PyLong_AsLong(number);
  if (index < 0 || index > 2) {
    PyErr_SetString(PyExc_ValueError, "0 to 2");
    return NULL;
  }
  STORE(level, levels[index]);
  Py_RETURN_NONE;
}

static PyObject *unset_level(PyObject *module, PyObject *unused) {
  level = NULL;
  Py_RETURN_NONE;
}

static PyObject *get_level(PyObject *module, PyObject *unused) {
  const char *now = LOAD(level);
  return PyUnicode_FromString(now == NULL ? "unset" : now);
}

static PyMethodDef methods[] = {
    {"set_level", set_level, METH_O, NULL},
    {"unset_level", unset_level, METH_NOARGS, NULL},
    {"get_level", get_level, METH_NOARGS, NULL},
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
    .m_name = "mixed_atomic_access_macro_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mixed_atomic_access_macro_bad(void) {
  return PyModuleDef_Init(&definition);
}

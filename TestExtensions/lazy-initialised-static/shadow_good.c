// Local variables and a parameter that have the names of static ones, which are filled on
// import.
#include <Python.h>

static PyObject *cache;
static PyObject *limit;

static int exec_module(PyObject *module) {
  cache = PyDict_New();
  limit = PyLong_FromLong(100000);
  return cache == NULL || limit == NULL ? -1 : 0;
}

static PyObject *copy_of(PyObject *cache) {
  if (cache == NULL) {
    cache = PyList_New(0);
  }
  return cache;
}

static PyObject *fresh(PyObject *module, PyObject *unused) {
  PyObject *limit = NULL;
  if (limit == NULL) {
    limit = PyLong_FromLong(7);
  }
  Py_XDECREF(limit);
  return copy_of(NULL);
}

static PyObject *lookup(PyObject *module, PyObject *key) {
  return PyObject_GetItem(cache, PyObject_RichCompareBool(key, limit, Py_EQ) ? limit : key);
}

static PyMethodDef methods[] = {
    {"fresh", fresh, METH_NOARGS, NULL},
    {"lookup", lookup, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazy_initialised_static_shadow_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_shadow_good(void) {
  return PyModuleDef_Init(&definition);
}

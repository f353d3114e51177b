// A dict has its own lock: setting an item is one step, and getting a reference to one is
// another.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static int PyDict_GetItemRef(PyObject *dict, PyObject *key, PyObject **item) {
  *item = Py_XNewRef(PyDict_GetItemWithError(dict, key));
  return *item != NULL ? 1 : PyErr_Occurred() ? -1 : 0;
}
#endif

static PyObject *registry;

static int exec_module(PyObject *module) {
  registry = PyDict_New();
  return registry == NULL ? -1 : 0;
}

static PyObject *put(PyObject *module, PyObject *args) {
  PyObject *key, *value;
  if (!PyArg_ParseTuple(args, "OO", &key, &value)) {
    return NULL;
  }
  if (PyDict_SetItem(registry, key, value) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *get(PyObject *module, PyObject *key) {
  PyObject *value;
  if (PyDict_GetItemRef(registry, key, &value) < 0) {
    return NULL;
  }
  return value != NULL ? value : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"put", put, METH_VARARGS, NULL},
    {"get", get, METH_O, NULL},
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
    .m_name = "static_container_dict_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_dict_good(void) {
  return PyModuleDef_Init(&definition);
}

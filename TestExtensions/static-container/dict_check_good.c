// Looks and sets in one step.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static int PyDict_SetDefaultRef(PyObject *dict, PyObject *key, PyObject *value, PyObject **item) {
  *item = Py_XNewRef(PyDict_SetDefault(dict, key, value));
  return *item == NULL ? -1 : *item != value;
}
#endif

static PyObject *registry;

static int exec_module(PyObject *module) {
  registry = PyDict_New();
  return registry == NULL ? -1 : 0;
}

static PyObject *register_once(PyObject *module, PyObject *args) {
  PyObject *key, *value;
  if (!PyArg_ParseTuple(args, "OO", &key, &value)) {
    return NULL;
  }
  PyObject *found;
  int known = PyDict_SetDefaultRef(registry, key, value, &found);
  if (known < 0) {
    return NULL;
  }
  Py_DECREF(found);
  if (known) {
    PyErr_SetString(PyExc_KeyError, "already registered");
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"register_once", register_once, METH_VARARGS, NULL},
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
    .m_name = "static_container_dict_check_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_dict_check_good(void) {
  return PyModuleDef_Init(&definition);
}

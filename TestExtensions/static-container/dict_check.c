// Looks whether the key is there and then sets it: the dict survives, but both threads set it:
// medium.
#include <Python.h>

static PyObject *registry;  // expect: static-container

static int exec_module(PyObject *module) {
  registry = PyDict_New();
  return registry == NULL ? -1 : 0;
}

static PyObject *register_once(PyObject *module, PyObject *args) {
  PyObject *key, *value;
  if (!PyArg_ParseTuple(args, "OO", &key, &value)) {
    return NULL;
  }
  int known = PyDict_Contains(registry, key);
  if (known < 0) {
    return NULL;
  }
  if (known) {
    PyErr_SetString(PyExc_KeyError, "already registered");
    return NULL;
  }
  if (PyDict_SetItem(registry, key, value) < 0) {
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
    .m_name = "static_container_dict_check",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_dict_check(void) {
  return PyModuleDef_Init(&definition);
}

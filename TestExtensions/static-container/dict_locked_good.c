// Looks and sets in one critical section on the dict.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
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
  int known;
  Py_BEGIN_CRITICAL_SECTION(registry);
  known = PyDict_Contains(registry, key);
  if (known == 0) {
    known = PyDict_SetItem(registry, key, value);
  }
  Py_END_CRITICAL_SECTION();
  return known < 0 ? NULL : PyBool_FromLong(!known);
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
    .m_name = "static_container_dict_locked_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_dict_locked_good(void) {
  return PyModuleDef_Init(&definition);
}

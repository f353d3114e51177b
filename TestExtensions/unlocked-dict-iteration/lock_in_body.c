// Each step is locked, the loop is not: what the position means may change between the steps.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *describe(PyObject *module, PyObject *dict) {
  PyObject *parts = PyList_New(0);
  Py_ssize_t position = 0;
  if (parts == NULL || !PyDict_Check(dict)) {
    return parts;
  }
  for (;;) {
    PyObject *key, *value;
    int more;
    Py_BEGIN_CRITICAL_SECTION(dict);
    more = PyDict_Next(dict, &position, &key, &value);  // expect: unlocked-dict-iteration
    if (more) {
      Py_INCREF(key);
    }
    Py_END_CRITICAL_SECTION();
    if (!more) {
      return parts;
    }
    int failed = PyList_Append(parts, key);
    Py_DECREF(key);
    if (failed) {
      Py_DECREF(parts);
      return NULL;
    }
  }
}

static PyMethodDef methods[] = {
    {"describe", describe, METH_O, NULL},
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
    .m_name = "unlocked_dict_iteration_lock_in_body",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_lock_in_body(void) {
  return PyModuleDef_Init(&definition);
}

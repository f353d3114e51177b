// Of two dicts the one that changes is locked, and the one that is walked over is not.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *merge(PyObject *module, PyObject *args) {
  PyObject *target, *source;
  if (!PyArg_ParseTuple(args, "O!O!", &PyDict_Type, &target, &PyDict_Type, &source)) {
    return NULL;
  }
  int failed = 0;
  Py_BEGIN_CRITICAL_SECTION(target);
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (!failed &&
         PyDict_Next(source, &position, &key, &value)) {  // expect: unlocked-dict-iteration
    failed = PyDict_SetItem(target, key, value) < 0;
  }
  Py_END_CRITICAL_SECTION();
  return failed ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"merge", merge, METH_VARARGS, NULL},
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
    .m_name = "unlocked_dict_iteration_lock_of_other",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_lock_of_other(void) {
  return PyModuleDef_Init(&definition);
}

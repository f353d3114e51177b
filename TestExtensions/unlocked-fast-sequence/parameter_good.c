// The helper is given tuples, and lists under their lock.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static int all_strings(PyObject *fast) {
  Py_ssize_t size = PySequence_Fast_GET_SIZE(fast);
  for (Py_ssize_t i = 0; i < size; i++) {
    if (!PyUnicode_Check(PySequence_Fast_GET_ITEM(fast, i))) {
      return 0;
    }
  }
  return 1;
}

static PyObject *check(PyObject *module, PyObject *names) {
  int result;
  PyObject *fast = PySequence_Fast(names, "names must be a sequence");
  if (fast == NULL) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(fast);
  result = all_strings(fast);
  Py_END_CRITICAL_SECTION();
  Py_DECREF(fast);
  return PyBool_FromLong(result);
}

static PyObject *check_arguments(PyObject *module, PyObject *args) {
  return PyBool_FromLong(all_strings(args));
}

static PyObject *check_copy(PyObject *module, PyObject *names) {
  PyObject *copy = PySequence_Tuple(names);
  if (copy == NULL) {
    return NULL;
  }
  int result = all_strings(copy);
  Py_DECREF(copy);
  return PyBool_FromLong(result);
}

static PyMethodDef methods[] = {
    {"check", check, METH_O, NULL},
    {"check_arguments", check_arguments, METH_VARARGS, NULL},
    {"check_copy", check_copy, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_parameter_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_parameter_good(void) {
  return PyModuleDef_Init(&definition);
}

// The helper loops; its callers hold the lock or give a dict that is theirs.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static Py_ssize_t count_none_lock_held(PyObject *dict) {
  Py_ssize_t position = 0, count = 0;
  PyObject *key, *value;
  while (PyDict_Next(dict, &position, &key, &value)) {
    count += value == Py_None;
  }
  return count;
}

static PyObject *count_in_dict(PyObject *module, PyObject *dict) {
  Py_ssize_t count = -1;
  if (!PyDict_CheckExact(dict)) {
    Py_RETURN_NONE;
  }
  Py_BEGIN_CRITICAL_SECTION(dict);
  count = count_none_lock_held(dict);
  Py_END_CRITICAL_SECTION();
  return PyLong_FromSsize_t(count);
}

static PyObject *count_in_arguments(PyObject *module, PyObject *args, PyObject *kwargs) {
  return PyLong_FromSsize_t(kwargs == NULL ? 0 : count_none_lock_held(kwargs));
}

static PyMethodDef methods[] = {
    {"count_in_dict", count_in_dict, METH_O, NULL},
    {"count_in_arguments", (PyCFunction)(void (*)(void))count_in_arguments,
     METH_VARARGS|METH_KEYWORDS, NULL},
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
    .m_name = "unlocked_dict_iteration_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_helper_good(void) {
  return PyModuleDef_Init(&definition);
}

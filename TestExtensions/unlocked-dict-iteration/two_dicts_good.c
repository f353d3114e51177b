// One section covers both dicts, whose names change before the loop.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION2  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION2(a, b) {
#define Py_END_CRITICAL_SECTION2() }
#endif

static PyObject *common(PyObject *module, PyObject *args) {
  PyObject *left, *right;
  Py_ssize_t common = 0;
  if (!PyArg_ParseTuple(args, "O!O!", &PyDict_Type, &left, &PyDict_Type, &right)) {
    return NULL;
  }
  PyObject *smaller = left, *larger = right;
  Py_BEGIN_CRITICAL_SECTION2(left, right);
  Py_ssize_t position = 0, other = 0;
  PyObject *key, *wanted;
  while (PyDict_Next(smaller, &position, &key, NULL)) {
    for (other = 0; PyDict_Next(larger, &other, &wanted, NULL);) {
      common += key == wanted;
    }
  }
  Py_END_CRITICAL_SECTION2();
  return PyLong_FromSsize_t(common);
}

static PyMethodDef methods[] = {
    {"common", common, METH_VARARGS, NULL},
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
    .m_name = "unlocked_dict_iteration_two_dicts_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_two_dicts_good(void) {
  return PyModuleDef_Init(&definition);
}

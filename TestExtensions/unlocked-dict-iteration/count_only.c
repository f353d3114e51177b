// The loop wants neither key nor value, and is no safer for it; two loops over two dicts.
#include <Python.h>

static PyObject *used(PyObject *module, PyObject *args) {
  PyObject *left, *right;
  if (!PyArg_ParseTuple(args, "O!O!", &PyDict_Type, &left, &PyDict_Type, &right)) {
    return NULL;
  }
  Py_ssize_t position = 0, count = 0;
  while (PyDict_Next(left, &position, NULL, NULL)) {  // expect: unlocked-dict-iteration
    count++;
  }
  position = 0;
  while (PyDict_Next(right, &position, NULL, NULL)) {  // expect: unlocked-dict-iteration
    count++;
  }
  for (position = 0; PyDict_Next(left, &position, NULL, NULL);) {
    count--;
  }
  return PyLong_FromSsize_t(count);
}

static PyMethodDef methods[] = {
    {"used", used, METH_VARARGS, NULL},
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
    .m_name = "unlocked_dict_iteration_count_only",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_count_only(void) {
  return PyModuleDef_Init(&definition);
}

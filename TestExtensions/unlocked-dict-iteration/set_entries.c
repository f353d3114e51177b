// The entries of a set, with the function that CPython keeps for itself.
#include <Python.h>

#if PY_VERSION_HEX >= 0x030D0000
PyAPI_FUNC(int)
    _PySet_NextEntry(PyObject *set, Py_ssize_t *position, PyObject **key, Py_hash_t *hash);
#endif

static PyObject *hash_sum(PyObject *module, PyObject *set) {
  if (!PyAnySet_Check(set)) {
    Py_RETURN_NONE;
  }
  Py_ssize_t position = 0;
  PyObject *key;
  Py_hash_t hash, sum = 0;
  // expect: private-api
  while (_PySet_NextEntry(set, &position, &key, &hash)) {  // expect: unlocked-dict-iteration
    sum ^= hash;
  }
  return PyLong_FromSsize_t(sum);
}

static PyMethodDef methods[] = {
    {"hash_sum", hash_sum, METH_O, NULL},
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
    .m_name = "unlocked_dict_iteration_set_entries",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_set_entries(void) {
  return PyModuleDef_Init(&definition);
}

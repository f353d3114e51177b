// The number of entries is read from the dict itself, and from a set in the same way.
#include <Python.h>

static PyObject *entries(PyObject *module, PyObject *object) {
  if (PyDict_Check(object)) {
    Py_ssize_t used = ((PyDictObject *)object)->ma_used;  // expect: raw-container-access
    return PyLong_FromSsize_t(used);
  }
  if (PyAnySet_Check(object)) {
    PySetObject *set = (PySetObject *)object;
    Py_ssize_t found = 0;
    for (Py_ssize_t i = 0; i <= set->mask; i++) {  // expect: raw-container-access
      if (set->table[i].key != NULL) {  // expect: raw-container-access
        found++;
      }
    }
    return PyLong_FromSsize_t(found);
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"entries", entries, METH_O, NULL},
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
    .m_name = "raw_container_access_dict_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_container_access_dict_bad(void) {
  return PyModuleDef_Init(&definition);
}

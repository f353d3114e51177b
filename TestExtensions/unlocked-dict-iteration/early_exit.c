// The loop is left with return, break and goto; the dict is an attribute and the dict of an object.
#include <Python.h>

static PyObject *find(PyObject *module, PyObject *args) {
  PyObject *object, *wanted, *found = NULL;
  if (!PyArg_ParseTuple(args, "OO", &object, &wanted)) {
    return NULL;
  }
  PyObject *dict = PyObject_GetAttrString(object, "__dict__");
  if (dict == NULL) {
    return NULL;
  }
  if (!PyDict_Check(dict)) {
    goto done;
  }
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (PyDict_Next(dict, &position, &key, &value)) {  // expect: unlocked-dict-iteration
    if (!PyUnicode_Check(key)) {
      Py_DECREF(dict);
      PyErr_SetString(PyExc_TypeError, "a strange name");
      return NULL;
    }
    if (value == wanted) {
      found = Py_NewRef(key);
      goto done;
    }
    if (value == Py_Ellipsis) {
      break;
    }
  }
done:
  Py_DECREF(dict);
  return found != NULL ? found : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"find", find, METH_VARARGS, NULL},
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
    .m_name = "unlocked_dict_iteration_early_exit",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_early_exit(void) {
  return PyModuleDef_Init(&definition);
}

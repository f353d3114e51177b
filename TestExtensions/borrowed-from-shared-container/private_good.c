// Owners that the function made itself: nobody else can have them yet.
#include <Python.h>

static PyObject *newest(PyObject *module, PyObject *mapping) {
  PyObject *copy = PyDict_Copy(mapping);
  if (copy == NULL) {
    return NULL;
  }
  PyObject *value = PyDict_GetItemString(copy, "newest");
  Py_XINCREF(value);
  Py_DECREF(copy);
  return value != NULL ? value : Py_NewRef(Py_None);
}

static PyObject *largest(PyObject *module, PyObject *mapping) {
  PyObject *keys = PyDict_Keys(mapping);
  if (keys == NULL || PyList_Sort(keys) < 0 || PyList_GET_SIZE(keys) == 0) {
    Py_XDECREF(keys);
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
  }
  PyObject *key = PyList_GET_ITEM(keys, PyList_GET_SIZE(keys) - 1);
  PyObject *text = PyObject_Str(key);
  Py_DECREF(keys);
  return text;
}

static PyObject *palette(PyObject *module, PyObject *index) {
  Py_ssize_t i = PyLong_AsSsize_t(index);
  if (i == -1 && PyErr_Occurred()) {
    return NULL;
  }
  PyObject *names = Py_BuildValue("[sss]", "red", "green", "blue");
  if (names == NULL) {
    return NULL;
  }
  PyObject *name = PyList_GetItem(names, i);
  PyObject *upper = name == NULL ? NULL : PyObject_CallMethod(name, "upper", NULL);
  Py_DECREF(names);
  return upper;
}

static PyObject *intern(PyObject *module, PyObject *words) {
  PyObject *seen = PyDict_New();
  PyObject *list = PySequence_List(words);
  if (seen == NULL || list == NULL) {
    goto done;
  }
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
    PyObject *word = PyList_GET_ITEM(list, i);
    PyObject *same = PyDict_SetDefault(seen, word, word);
    if (same == NULL || PyList_SetItem(list, i, Py_NewRef(same)) < 0) {
      Py_CLEAR(list);
      break;
    }
  }
done:
  Py_XDECREF(seen);
  return list;
}

static PyMethodDef methods[] = {
    {"newest", newest, METH_O, NULL},
    {"largest", largest, METH_O, NULL},
    {"palette", palette, METH_O, NULL},
    {"intern", intern, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_private_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_private_good(void) {
  return PyModuleDef_Init(&definition);
}

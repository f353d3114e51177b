// Each round releases the old object and goes on with the new one, of which it has a reference.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline int PyDict_GetItemRef(PyObject *dict, PyObject *key, PyObject **value) {
  *value = Py_XNewRef(PyDict_GetItemWithError(dict, key));
  return *value != NULL ? 1 : PyErr_Occurred() ? -1 : 0;
}
#endif

static PyObject *root(PyObject *module, PyObject *args) {
  PyObject *parents, *start;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &parents, &start)) {
    return NULL;
  }
  PyObject *node = Py_NewRef(start), *parent;
  int found;
  while ((found = PyDict_GetItemRef(parents, node, &parent)) > 0) {
    Py_DECREF(node);
    node = parent;
  }
  if (found < 0) {
    Py_CLEAR(node);
  }
  return node;
}

static PyObject *longest(PyObject *module, PyObject *args) {
  PyObject *names, *keys, *best = NULL;
  if (!PyArg_ParseTuple(args, "O!O!", &PyDict_Type, &names, &PyTuple_Type, &keys)) {
    return NULL;
  }
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(keys); i++) {
    PyObject *name;
    if (PyDict_GetItemRef(names, PyTuple_GET_ITEM(keys, i), &name) <= 0) {
      continue;
    }
    if (best == NULL || PyObject_Size(name) > PyObject_Size(best)) {
      PyObject *old = best;
      best = name;
      Py_XDECREF(old);
    } else {
      Py_DECREF(name);
    }
  }
  if (PyErr_Occurred()) {
    Py_CLEAR(best);
    return NULL;
  }
  return best != NULL ? best : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"root", root, METH_VARARGS, NULL},
    {"longest", longest, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_given_up_loop_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_given_up_loop_good(void) {
  return PyModuleDef_Init(&definition);
}

// The result says that the key is there, or whether it is None; nothing is done with the object.
#include <Python.h>

static PyObject *seen;

static int exec_module(PyObject *module) {
  seen = PyDict_New();
  return seen == NULL ? -1 : 0;
}

static PyObject *remember(PyObject *module, PyObject *key) {
  if (PyDict_SetItem(seen, key, Py_None) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *is_known(PyObject *module, PyObject *key) {
  if (PyDict_GetItemWithError(seen, key) != NULL) {
    Py_RETURN_TRUE;
  }
  return PyErr_Occurred() ? NULL : Py_NewRef(Py_False);
}

static PyObject *is_blank(PyObject *module, PyObject *list) {
  PyObject *item = PyList_GetItem(list, 0);
  if (item == NULL) {
    return NULL;
  }
  int blank = item == Py_None;
  return PyBool_FromLong(blank);
}

static PyObject *holds(PyObject *module, PyObject *args) {
  PyObject *list, *wanted;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &wanted)) {
    return NULL;
  }
  for (Py_ssize_t i = 0; i < PyList_Size(list); i++) {
    PyObject *item = PyList_GetItem(list, i);
    if (item == NULL) {
      PyErr_Clear();
      break;
    }
    if (item == wanted) {
      Py_RETURN_TRUE;
    }
  }
  Py_RETURN_FALSE;
}

static PyMethodDef methods[] = {
    {"remember", remember, METH_O, NULL},
    {"is_known", is_known, METH_O, NULL},
    {"is_blank", is_blank, METH_O, NULL},
    {"holds", holds, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "borrowed_from_shared_container_tested_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_tested_good(void) {
  return PyModuleDef_Init(&definition);
}

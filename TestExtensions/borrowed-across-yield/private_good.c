// The list is a snapshot: its items stay while the snapshot does, whatever runs in between.
#include <Python.h>

static PyObject *call_all(PyObject *module, PyObject *callbacks) {
  PyObject *snapshot = PySequence_List(callbacks);
  if (snapshot == NULL) {
    return NULL;
  }
  PyObject *last = Py_None;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(snapshot); i++) {
    PyObject *callback = PyList_GET_ITEM(snapshot, i);
    PyObject *answer = PyObject_CallNoArgs(callback);
    if (answer == NULL) {
      PyErr_WriteUnraisable(callback);
      continue;
    }
    Py_DECREF(answer);
    last = callback;
  }
  Py_INCREF(last);
  Py_DECREF(snapshot);
  return last;
}

static PyMethodDef methods[] = {
    {"call_all", call_all, METH_O, NULL},
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
    .m_name = "borrowed_across_yield_private_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_private_good(void) {
  return PyModuleDef_Init(&definition);
}

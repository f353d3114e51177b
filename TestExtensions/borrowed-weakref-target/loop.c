// A list of listeners, some of them gone; a snapshot of the list does not hold its listeners.
#include <Python.h>

static PyObject *notify(PyObject *module, PyObject *args) {
  PyObject *refs, *event;
  if (!PyArg_ParseTuple(args, "OO", &refs, &event)) {
    return NULL;
  }
  PyObject *snapshot = PySequence_Tuple(refs);
  if (snapshot == NULL) {
    return NULL;
  }
  PyObject *result = NULL;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(snapshot); i++) {
    PyObject *ref = PyTuple_GET_ITEM(snapshot, i);
    PyObject *listener = PyWeakref_GetObject(ref);  // expect: borrowed-weakref-target
    if (listener == NULL) {
      goto done;
    }
    if (listener == Py_None) {
      continue;
    }
    PyObject *answer = PyObject_CallOneArg(listener, event);
    if (answer == NULL) {
      goto done;
    }
    Py_DECREF(answer);
  }
  result = Py_NewRef(Py_None);
done:
  Py_DECREF(snapshot);
  return result;
}

static PyMethodDef methods[] = {
    {"notify", notify, METH_VARARGS, NULL},
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
    .m_name = "borrowed_weakref_target_loop",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_weakref_target_loop(void) {
  return PyModuleDef_Init(&definition);
}

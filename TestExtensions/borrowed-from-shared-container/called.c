// Python made the list; who else has it is not known.
#include <Python.h>

static PyObject *first_of(PyObject *module, PyObject *factory) {
  PyObject *list = PyObject_CallNoArgs(factory);
  if (list == NULL) {
    return NULL;
  }
  PyObject *item = PyList_GetItem(list, 0);  // expect: borrowed-from-shared-container
  PyObject *result = item == NULL ? NULL : PyObject_Repr(item);
  Py_DECREF(list);
  return result;
}

static PyMethodDef methods[] = {
    {"first_of", first_of, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_called",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_called(void) {
  return PyModuleDef_Init(&definition);
}

// A helper finds the list, which belongs to another object and may be new for each call.
#include <Python.h>

static PyObject *slot_names(PyObject *object) {
  return PyObject_GetAttrString((PyObject *)Py_TYPE(object), "__slotnames__");
}

static PyObject *first_slot(PyObject *module, PyObject *object) {
  PyObject *names = slot_names(object);
  if (names == NULL) {
    return NULL;
  }
  PyObject *name = PyList_GetItem(names, 0);  // expect: borrowed-from-shared-container
  PyObject *result = name == NULL ? NULL : PyObject_Str(name);
  Py_DECREF(names);
  return result;
}

static PyMethodDef methods[] = {
    {"first_slot", first_slot, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_attribute_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_attribute_helper(void) {
  return PyModuleDef_Init(&definition);
}

// The section ends before the reference is taken; or it covers one branch only.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *lookup(PyObject *module, PyObject *args) {
  PyObject *mapping, *key, *value;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(mapping);
  value = PyDict_GetItemWithError(mapping, key);  // expect: borrowed-from-shared-container
  Py_END_CRITICAL_SECTION();
  return value != NULL || PyErr_Occurred() ? Py_XNewRef(value) : Py_NewRef(Py_None);
}

static PyObject *peek(PyObject *module, PyObject *args) {
  PyObject *list, *item = NULL;
  int careful;
  if (!PyArg_ParseTuple(args, "O!p", &PyList_Type, &list, &careful)) {
    return NULL;
  }
  if (careful) {
    Py_BEGIN_CRITICAL_SECTION(list);
    item = Py_XNewRef(PyList_GetItem(list, 0));
    Py_END_CRITICAL_SECTION();
  } else {
    item = Py_XNewRef(PyList_GetItem(list, 0));  // expect: borrowed-from-shared-container
  }
  return item;
}

static PyMethodDef methods[] = {
    {"lookup", lookup, METH_VARARGS, NULL},
    {"peek", peek, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_critical_section_ended",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_critical_section_ended(void) {
  return PyModuleDef_Init(&definition);
}

// Borrow and Py_INCREF are in one critical section on the owner; nothing between them suspends it.
// A section of two objects covers both.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#ifndef Py_BEGIN_CRITICAL_SECTION2  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION2(a, b) {
#define Py_END_CRITICAL_SECTION2() }
#endif

static PyObject *lookup(PyObject *module, PyObject *args) {
  PyObject *mapping, *key, *value;
  if (!PyArg_ParseTuple(args, "O!O", &PyDict_Type, &mapping, &key)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(mapping);
  value = PyDict_GetItemWithError(mapping, key);
  if (value != NULL) {
    Py_INCREF(value);
  }
  Py_END_CRITICAL_SECTION();
  if (value == NULL && !PyErr_Occurred()) {
    PyErr_SetObject(PyExc_KeyError, key);
  }
  return value;
}

static PyObject *heads(PyObject *module, PyObject *args) {
  PyObject *left, *right, *result = NULL;
  if (!PyArg_ParseTuple(args, "O!O!", &PyList_Type, &left, &PyList_Type, &right)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION2(left, right);
  if (PyList_GET_SIZE(left) > 0 && PyList_GET_SIZE(right) > 0) {
    result = PyTuple_Pack(2, PyList_GET_ITEM(left, 0), PyList_GET_ITEM(right, 0));
  }
  Py_END_CRITICAL_SECTION2();
  if (result == NULL && !PyErr_Occurred()) {
    PyErr_SetString(PyExc_IndexError, "empty");
  }
  return result;
}

static PyMethodDef methods[] = {
    {"lookup", lookup, METH_VARARGS, NULL},
    {"heads", heads, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_critical_section_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_critical_section_good(void) {
  return PyModuleDef_Init(&definition);
}

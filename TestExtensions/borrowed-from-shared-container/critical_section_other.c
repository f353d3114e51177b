// The section is on the key, not on the dict; and one of two lists is left out.
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
  Py_BEGIN_CRITICAL_SECTION(key);
  value = PyDict_GetItemWithError(mapping, key);  // expect: borrowed-from-shared-container
  Py_XINCREF(value);
  Py_END_CRITICAL_SECTION();
  return value != NULL || PyErr_Occurred() ? value : Py_NewRef(Py_None);
}

static PyObject *heads(PyObject *module, PyObject *args) {
  PyObject *left, *right, *a = NULL, *b = NULL;
  if (!PyArg_ParseTuple(args, "O!O!", &PyList_Type, &left, &PyList_Type, &right)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(left);
  a = Py_XNewRef(PyList_GetItem(left, 0));
  b = Py_XNewRef(PyList_GetItem(right, 0));  // expect: borrowed-from-shared-container
  Py_END_CRITICAL_SECTION();
  PyObject *result = a != NULL && b != NULL ? PyTuple_Pack(2, a, b) : NULL;
  Py_XDECREF(a);
  Py_XDECREF(b);
  return result;
}

static PyMethodDef methods[] = {
    {"lookup", lookup, METH_VARARGS, NULL},
    {"heads", heads, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_critical_section_other",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_critical_section_other(void) {
  return PyModuleDef_Init(&definition);
}

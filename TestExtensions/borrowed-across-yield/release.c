// Py_DECREF of another object may run its finaliser, and with it any Python code.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *replace_first(PyObject *module, PyObject *args) {
  PyObject *list, *name, *item = NULL;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &name)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  PyObject *attribute = PyObject_GetAttr(list, name);
  if (attribute != NULL) {
    item = PyList_GetItem(list, 0);  // expect: borrowed-across-yield
    Py_DECREF(attribute);
    Py_XINCREF(item);
  }
  Py_END_CRITICAL_SECTION();
  return item;
}

static PyMethodDef methods[] = {
    {"replace_first", replace_first, METH_VARARGS, NULL},
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
    .m_name = "borrowed_across_yield_release",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_release(void) {
  return PyModuleDef_Init(&definition);
}

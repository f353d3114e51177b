// To wait for a second section inside the first suspends the first.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *first_and_size(PyObject *module, PyObject *args) {
  PyObject *list, *other, *item;
  Py_ssize_t size = 0;
  if (!PyArg_ParseTuple(args, "O!O!", &PyList_Type, &list, &PyList_Type, &other)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  item = PyList_GetItem(list, 0);  // expect: borrowed-across-yield
  Py_BEGIN_CRITICAL_SECTION(other);
  size = PyList_GET_SIZE(other);
  Py_END_CRITICAL_SECTION();
  Py_XINCREF(item);
  Py_END_CRITICAL_SECTION();
  return item == NULL ? NULL : Py_BuildValue("Nn", item, size);
}

static PyMethodDef methods[] = {
    {"first_and_size", first_and_size, METH_VARARGS, NULL},
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
    .m_name = "borrowed_across_yield_nested",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_nested(void) {
  return PyModuleDef_Init(&definition);
}

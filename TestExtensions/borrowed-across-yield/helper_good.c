// What the helper does runs no Python code and takes no lock.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static Py_ssize_t accesses_of(PyObject *item, Py_ssize_t index) {
  return PyUnicode_Check(item) ? PyUnicode_GET_LENGTH(item) + index : index;
}

static PyObject *first(PyObject *module, PyObject *list) {
  PyObject *item;
  if (!PyList_Check(list)) {
    Py_RETURN_NONE;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  item = PyList_GetItem(list, 0);
  if (item != NULL && accesses_of(item, 0) > 80) {
    item = Py_None;
  }
  Py_XINCREF(item);
  Py_END_CRITICAL_SECTION();
  return item;
}

static PyMethodDef methods[] = {
    {"first", first, METH_O, NULL},
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
    .m_name = "borrowed_across_yield_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_helper_good(void) {
  return PyModuleDef_Init(&definition);
}

// The helper locks for itself, and what it returns is borrowed when it has let go.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *last_of(PyObject *list) {  // expect: helper-returns-borrowed
  PyObject *item = NULL;
  Py_BEGIN_CRITICAL_SECTION(list);
  if (PyList_GET_SIZE(list) > 0) {
    item = PyList_GET_ITEM(list, PyList_GET_SIZE(list) - 1);
  }
  Py_END_CRITICAL_SECTION();
  return item;
}

static PyObject *last(PyObject *module, PyObject *list) {
  PyObject *item = PyList_Check(list) ? last_of(list) : NULL;
  if (item == NULL) {
    Py_RETURN_NONE;
  }
  return PyObject_Repr(item);
}

static PyMethodDef methods[] = {
    {"last", last, METH_O, NULL},
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
    .m_name = "helper_returns_borrowed_locked_inside",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_locked_inside(void) {
  return PyModuleDef_Init(&definition);
}

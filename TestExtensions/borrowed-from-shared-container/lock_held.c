// The helper's name promises a lock that one of its callers does not take.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *tail_lock_held(PyObject *list) {
  Py_ssize_t size = PyList_GET_SIZE(list);
  return size == 0 ? NULL : PyLong_FromVoidPtr(Py_TYPE(PyList_GET_ITEM(list, size - 1)));  // expect: borrowed-from-shared-container
}

static PyObject *tail(PyObject *module, PyObject *list) {
  PyObject *result;
  if (!PyList_Check(list)) {
    Py_RETURN_NONE;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  result = tail_lock_held(list);
  Py_END_CRITICAL_SECTION();
  return result != NULL || PyErr_Occurred() ? result : Py_NewRef(Py_None);
}

static PyObject *quick_tail(PyObject *module, PyObject *list) {
  PyObject *result = PyList_Check(list) ? tail_lock_held(list) : NULL;
  return result != NULL || PyErr_Occurred() ? result : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"tail", tail, METH_O, NULL},
    {"quick_tail", quick_tail, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_lock_held",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_lock_held(void) {
  return PyModuleDef_Init(&definition);
}

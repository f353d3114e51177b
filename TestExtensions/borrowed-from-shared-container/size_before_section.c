// The list can be shorter when the section begins: the last indices are then out of its bounds.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *copy(PyObject *module, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "list");
    return NULL;
  }
  Py_ssize_t count = PyList_GET_SIZE(list);  // expect: cached-size-loop
  PyObject *result = PyTuple_New(count);
  if (result == NULL) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  for (Py_ssize_t i = 0; i < count; i++) {
    // expect-missing: borrowed-from-shared-container  where the bound was read is not looked at
    PyTuple_SET_ITEM(result, i, Py_NewRef(PyList_GET_ITEM(list, i)));
  }
  Py_END_CRITICAL_SECTION();
  return result;
}

static PyMethodDef methods[] = {
    {"copy", copy, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_size_before_section",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_size_before_section(void) {
  return PyModuleDef_Init(&definition);
}

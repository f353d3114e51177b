// The size is that of a shared list, but what is written without a check is the list that is made for it.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *types_of(PyObject *module, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
  Py_ssize_t size = PyList_GET_SIZE(list), used = 0;
  PyObject *result = PyList_New(size);
  if (result == NULL) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  for (; used < size && used < PyList_GET_SIZE(list); used++) {
    PyObject *type = (PyObject *)Py_TYPE(PyList_GET_ITEM(list, used));
    PyList_SET_ITEM(result, used, Py_NewRef(type));
  }
  Py_END_CRITICAL_SECTION();
  for (Py_ssize_t i = used; i < size; i++) {
    PyList_SET_ITEM(result, i, Py_NewRef(Py_None));
  }
  return result;
}

static PyMethodDef methods[] = {
    {"types_of", types_of, METH_O, NULL},
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
    .m_name = "cached_size_loop_new_list_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_cached_size_loop_new_list_good(void) {
  return PyModuleDef_Init(&definition);
}

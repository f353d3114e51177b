// The module of bad.c; the list cannot change while the loop runs.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *count_text(PyObject *module, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
  Py_ssize_t found = 0;
  Py_BEGIN_CRITICAL_SECTION(list);
  Py_ssize_t size = PyList_GET_SIZE(list);
  for (Py_ssize_t i = 0; i < size; i++) {
    if (PyUnicode_Check(PyList_GET_ITEM(list, i))) {
      found++;
    }
  }
  Py_END_CRITICAL_SECTION();
  return PyLong_FromSsize_t(found);
}

static PyMethodDef methods[] = {
    {"count_text", count_text, METH_O, NULL},
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
    .m_name = "cached_size_loop_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_cached_size_loop_good(void) {
  return PyModuleDef_Init(&definition);
}

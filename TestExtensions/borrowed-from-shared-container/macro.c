// The project's macro hides the call; the finding stands where it is used.
#include <Python.h>

#define GET_OR(dict, key, fallback) \
  (PyDict_GetItemString((dict), (key)) ? PyDict_GetItemString((dict), (key)) : (fallback))
#define ITEM_AS_LONG(list, index) PyLong_AsLong(PyList_GET_ITEM((list), (index)))

static PyObject *colour(PyObject *module, PyObject *style) {
  PyObject *name = GET_OR(style, "colour", Py_None);  // expect: borrowed-from-shared-container
  return PyObject_Str(name);
}

static PyObject *area(PyObject *module, PyObject *size) {
  if (!PyList_Check(size) || PyList_GET_SIZE(size) != 2) {
    PyErr_SetString(PyExc_TypeError, "[width, height]");
    return NULL;
  }
  long width = ITEM_AS_LONG(size, 0);  // expect: borrowed-from-shared-container
  long height = ITEM_AS_LONG(size, 1);
  if (PyErr_Occurred()) {
    return NULL;
  }
  return PyLong_FromLong(width * height);
}

static PyMethodDef methods[] = {
    {"colour", colour, METH_O, NULL},
    {"area", area, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_macro(void) {
  return PyModuleDef_Init(&definition);
}

// The project's macro is as strong as it looks: it stores a new reference.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000
static inline PyObject *PyList_GetItemRef(PyObject *list, Py_ssize_t index) {
  return Py_XNewRef(PyList_GetItem(list, index));
}

static inline int PyDict_GetItemStringRef(PyObject *dict, const char *key, PyObject **value) {
  *value = Py_XNewRef(PyDict_GetItemString(dict, key));
  return *value != NULL;
}
#endif

#define FETCH(target, list, index)              \
  do {                                          \
    (target) = PyList_GetItemRef(list, index);  \
    if ((target) == NULL) {                     \
      goto error;                               \
    }                                           \
  } while (0)

static PyObject *swap_ends(PyObject *module, PyObject *list) {
  PyObject *first = NULL, *last = NULL, *result = NULL;
  FETCH(first, list, 0);
  FETCH(last, list, PyList_Size(list) - 1);
  result = PyTuple_Pack(2, last, first);
error:
  Py_XDECREF(first);
  Py_XDECREF(last);
  return result;
}

static PyObject *colour(PyObject *module, PyObject *style) {
  PyObject *name;
  if (PyDict_GetItemStringRef(style, "colour", &name) < 0) {
    return NULL;
  }
  return name != NULL ? name : PyUnicode_FromString("black");
}

static PyMethodDef methods[] = {
    {"swap_ends", swap_ends, METH_O, NULL},
    {"colour", colour, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_macro_good(void) {
  return PyModuleDef_Init(&definition);
}

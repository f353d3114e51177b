// The helper returns what it borrowed on one way, and something immortal on the others.
#include <Python.h>

static PyObject *choose(PyObject *list, int kind) {  // expect: helper-returns-borrowed
  switch (kind) {
    case 0:
      return Py_None;
    case 1:
      if (PyList_Size(list) < 1) {
        break;
      }
      return PyList_GetItem(list, 0);
    default:
      return Py_Ellipsis;
  }
  PyErr_SetString(PyExc_IndexError, "empty");
  return NULL;
}

static PyObject *chosen(PyObject *module, PyObject *args) {
  PyObject *list;
  int kind;
  if (!PyArg_ParseTuple(args, "O!i", &PyList_Type, &list, &kind)) {
    return NULL;
  }
  PyObject *result = choose(list, kind);
  Py_XINCREF(result);
  return result;
}

static PyMethodDef methods[] = {
    {"chosen", chosen, METH_VARARGS, NULL},
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
    .m_name = "helper_returns_borrowed_mixed",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_mixed(void) {
  return PyModuleDef_Init(&definition);
}

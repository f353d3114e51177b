// The helper fills what it is given; one caller gives it a list of its own, one that of its caller.
#include <Python.h>

static void fill(PyObject *list, PyObject *item) {
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
    PyList_SET_ITEM(list, i, Py_NewRef(item));  // expect: write-into-published-container
  }
}

static PyObject *repeat(PyObject *module, PyObject *item) {
  PyObject *list = PyList_New(4);
  if (list != NULL) {
    fill(list, item);
  }
  return list;
}

static PyObject *clear(PyObject *module, PyObject *list) {
  if (PyList_Check(list)) {
    fill(list, Py_None);
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"repeat", repeat, METH_O, NULL},
    {"clear", clear, METH_O, NULL},
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
    .m_name = "write_into_published_container_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_helper(void) {
  return PyModuleDef_Init(&definition);
}

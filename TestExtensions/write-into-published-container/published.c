// The list was private until it was stored, and is filled after that.
#include <Python.h>

static PyObject *matrices;

static int exec_module(PyObject *module) {
  matrices = PyDict_New();
  return matrices == NULL ? -1 : 0;
}

static PyObject *identity(PyObject *module, PyObject *name) {
  PyObject *row = PyList_New(2);
  if (row == NULL || PyDict_SetItem(matrices, name, row) < 0) {
    Py_XDECREF(row);
    return NULL;
  }
  PyList_SET_ITEM(row, 0, PyLong_FromLong(1));  // expect: write-into-published-container
  PyList_SET_ITEM(row, 1, PyLong_FromLong(0));
  return row;
}

static PyMethodDef methods[] = {
    {"identity", identity, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "write_into_published_container_published",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_published(void) {
  return PyModuleDef_Init(&definition);
}

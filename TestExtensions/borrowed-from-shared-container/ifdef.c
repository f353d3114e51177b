// The branch for the build without the GIL is the one that borrows.
#include <Python.h>

static PyObject *peek(PyObject *module, PyObject *list) {
#ifdef Py_GIL_DISABLED
  PyObject *item = PyList_GetItem(list, 0);  // expect: borrowed-from-shared-container
  return Py_XNewRef(item);
#else
  return PySequence_GetItem(list, 0);
#endif
}

static PyMethodDef methods[] = {
    {"peek", peek, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_ifdef",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_ifdef(void) {
  return PyModuleDef_Init(&definition);
}

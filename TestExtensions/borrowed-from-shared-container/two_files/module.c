// The dict is defined here and filled by store.c; the helper that borrows is there too.
#include <Python.h>

PyObject *borrowed_from_shared_container_two_files_store;
int borrowed_from_shared_container_two_files_put(PyObject *key, PyObject *value);
Py_ssize_t borrowed_from_shared_container_two_files_size(PyObject *store, PyObject *key);

static int exec_module(PyObject *module) {
  borrowed_from_shared_container_two_files_store = PyDict_New();
  return borrowed_from_shared_container_two_files_store == NULL ? -1 : 0;
}

static PyObject *put(PyObject *module, PyObject *args) {
  PyObject *key, *value;
  if (!PyArg_ParseTuple(args, "UO", &key, &value)) {
    return NULL;
  }
  int result = borrowed_from_shared_container_two_files_put(key, value);
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *size(PyObject *module, PyObject *key) {
  PyObject *store = borrowed_from_shared_container_two_files_store;
  Py_ssize_t size = borrowed_from_shared_container_two_files_size(store, key);
  return size < 0 ? NULL : PyLong_FromSsize_t(size);
}

static PyMethodDef methods[] = {
    {"put", put, METH_VARARGS, NULL},
    {"size", size, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_two_files(void) {
  return PyModuleDef_Init(&definition);
}

// The helper in the other file only gets lists that were made for it.
#include <Python.h>

double borrowed_from_shared_container_two_files_good_norm(PyObject *numbers);

static PyObject *norm(PyObject *module, PyObject *iterable) {
  PyObject *numbers = PySequence_List(iterable);
  if (numbers == NULL) {
    return NULL;
  }
  double norm = borrowed_from_shared_container_two_files_good_norm(numbers);
  Py_DECREF(numbers);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(norm);
}

static PyMethodDef methods[] = {
    {"norm", norm, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}

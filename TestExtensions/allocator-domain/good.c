// The module of bad.c; memory that is no object comes from PyMem_Malloc.
#include <Python.h>

static PyObject *median(PyObject *module, PyObject *args) {
  Py_ssize_t count = PyTuple_GET_SIZE(args);
  if (count == 0) {
    PyErr_SetString(PyExc_ValueError, "no values");
    return NULL;
  }
  double *sorted = PyMem_Malloc(count * sizeof(double));
  if (sorted == NULL) {
    return PyErr_NoMemory();
  }
  for (Py_ssize_t i = 0; i < count; i++) {
    double value = PyFloat_AsDouble(PyTuple_GET_ITEM(args, i));
    if (value == -1.0 && PyErr_Occurred()) {
      PyMem_Free(sorted);
      return NULL;
    }
    Py_ssize_t at = i;
    for (; at > 0 && sorted[at - 1] > value; at--) {
      sorted[at] = sorted[at - 1];
    }
    sorted[at] = value;
  }
  double middle = sorted[count / 2];
  PyMem_Free(sorted);
  return PyFloat_FromDouble(middle);
}

static PyMethodDef methods[] = {
    {"median", median, METH_VARARGS, NULL},
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
    .m_name = "allocator_domain_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_allocator_domain_good(void) {
  return PyModuleDef_Init(&definition);
}

// Small inputs use an array of the function, large ones PyMem_Malloc; one exit uses free.
#include <Python.h>
#include <stdlib.h>

static PyObject *spread(PyObject *module, PyObject *args) {
  Py_ssize_t count = PyTuple_GET_SIZE(args);
  double small[8], *values = small;
  if (count == 0) {
    return PyFloat_FromDouble(0);
  }
  if (count > 8) {
    values = PyMem_New(double, count);
    if (values == NULL) {
      return PyErr_NoMemory();
    }
  }
  double low = 0, high = 0;
  for (Py_ssize_t i = 0; i < count; i++) {
    values[i] = PyFloat_AsDouble(PyTuple_GET_ITEM(args, i));
    if (PyErr_Occurred()) {
      if (values != small) {
        free(values);  // expect: allocator-domain
      }
      return NULL;
    }
    low = i == 0 || values[i] < low ? values[i] : low;
    high = i == 0 || values[i] > high ? values[i] : high;
  }
  if (values != small) {
    PyMem_Free(values);
  }
  return PyFloat_FromDouble(high - low);
}

static PyMethodDef methods[] = {
    {"spread", spread, METH_VARARGS, NULL},
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
    .m_name = "allocator_domain_branch_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_allocator_domain_branch_bad(void) {
  return PyModuleDef_Init(&definition);
}

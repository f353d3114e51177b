// The size is the bound of a loop in a function that only gets it.
#include <Python.h>

static double sum_range(PyObject *list, Py_ssize_t from, Py_ssize_t to) {
  double sum = 0;
  while (from < to) {
    // expect: borrowed-from-shared-container
    PyObject *item = PyList_GET_ITEM(list, from++);
    if (PyFloat_Check(item)) {
      sum += PyFloat_AS_DOUBLE(item);
    }
  }
  return sum;
}

static PyObject *halves(PyObject *module, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
  Py_ssize_t size = PyList_GET_SIZE(list);  // expect: cached-size-loop
  double lower = sum_range(list, 0, size / 2);
  double upper = sum_range(list, size / 2, size);
  return Py_BuildValue("dd", lower, upper);
}

static PyMethodDef methods[] = {
    {"halves", halves, METH_O, NULL},
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
    .m_name = "cached_size_loop_helper_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_cached_size_loop_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}

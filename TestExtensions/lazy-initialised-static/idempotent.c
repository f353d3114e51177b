// Everybody would store the same value, and a value that is read whole or not at all: low.
#include <Python.h>
#include <unistd.h>

static long page_size;  // expect: lazy-initialised-static

static PyObject *pages(PyObject *module, PyObject *bytes) {
  long count = PyLong_AsLong(bytes);
  if (count == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (page_size == 0) {
    page_size = sysconf(_SC_PAGESIZE);
  }
  return PyLong_FromLong((count + page_size - 1) / page_size);
}

static PyMethodDef methods[] = {
    {"pages", pages, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_idempotent",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_idempotent(void) {
  return PyModuleDef_Init(&definition);
}

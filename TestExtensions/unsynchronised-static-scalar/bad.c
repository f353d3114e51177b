// A counter of identifiers and a flag. Two threads can be given the same identifier.
#include <Python.h>

static unsigned long next_id;  // expect: unsynchronised-static-scalar
static int verbose;  // expect: unsynchronised-static-scalar

static PyObject *new_id(PyObject *module, PyObject *unused) {
  unsigned long id = ++next_id;
  if (verbose) {
    PySys_WriteStderr("identifier %lu\n", id);
  }
  return PyLong_FromUnsignedLong(id);
}

static PyObject *set_verbose(PyObject *module, PyObject *flag) {
  int value = PyObject_IsTrue(flag);
  if (value < 0) {
    return NULL;
  }
  verbose = value;
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"new_id", new_id, METH_NOARGS, NULL},
    {"set_verbose", set_verbose, METH_O, NULL},
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
    .m_name = "unsynchronised_static_scalar_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_bad(void) {
  return PyModuleDef_Init(&definition);
}

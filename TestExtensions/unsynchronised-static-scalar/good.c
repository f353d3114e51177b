// The module of bad.c with atomic variables.
#include <Python.h>
#include <stdatomic.h>

static _Atomic unsigned long next_id;
static atomic_int verbose;

static PyObject *new_id(PyObject *module, PyObject *unused) {
  unsigned long id = atomic_fetch_add(&next_id, 1) + 1;
  if (atomic_load_explicit(&verbose, memory_order_relaxed)) {
    PySys_WriteStderr("identifier %lu\n", id);
  }
  return PyLong_FromUnsignedLong(id);
}

static PyObject *set_verbose(PyObject *module, PyObject *flag) {
  int value = PyObject_IsTrue(flag);
  if (value < 0) {
    return NULL;
  }
  atomic_store_explicit(&verbose, value, memory_order_relaxed);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"new_id", new_id, METH_NOARGS, NULL},
    {"set_verbose", set_verbose, METH_O, NULL},
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
    .m_name = "unsynchronised_static_scalar_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_good(void) {
  return PyModuleDef_Init(&definition);
}

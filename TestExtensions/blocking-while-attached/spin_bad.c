// The thread turns round in a loop, attached, until another one sets the flag: who stops the world waits.
#include <Python.h>
#include <stdatomic.h>

static atomic_int ready;

static PyObject *wait_ready(PyObject *module, PyObject *unused) {
  while (!atomic_load(&ready)) {  // expect: blocking-while-attached
  }
  Py_RETURN_NONE;
}

static PyObject *set_ready(PyObject *module, PyObject *unused) {
  atomic_store(&ready, 1);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"wait_ready", wait_ready, METH_NOARGS, NULL},
    {"set_ready", set_ready, METH_NOARGS, NULL},
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
    .m_name = "blocking_while_attached_spin_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_blocking_while_attached_spin_bad(void) {
  return PyModuleDef_Init(&definition);
}

// Detached the loop hinders nobody; a loop of compare and exchange waits for nobody.
#include <Python.h>
#include <sched.h>
#include <stdatomic.h>

static atomic_int ready;
static atomic_long highest;

static PyObject *wait_ready(PyObject *module, PyObject *unused) {
  Py_BEGIN_ALLOW_THREADS
  while (!atomic_load(&ready)) {
    sched_yield();
  }
  Py_END_ALLOW_THREADS
  Py_RETURN_NONE;
}

static PyObject *set_ready(PyObject *module, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  long seen = atomic_load(&highest);
  while (seen < value && !atomic_compare_exchange_weak(&highest, &seen, value)) {
  }
  atomic_store(&ready, 1);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"wait_ready", wait_ready, METH_NOARGS, NULL},
    {"set_ready", set_ready, METH_O, NULL},
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
    .m_name = "blocking_while_attached_spin_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_blocking_while_attached_spin_good(void) {
  return PyModuleDef_Init(&definition);
}

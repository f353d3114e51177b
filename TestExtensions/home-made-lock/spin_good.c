// A loop waits until it has set the flag itself.
#include <Python.h>
#include <unistd.h>
#include <sched.h>
#include <stdatomic.h>

static atomic_flag locked = ATOMIC_FLAG_INIT;

static PyObject *transmit(PyObject *module, PyObject *args) {
  int device;
  char byte;
  if (!PyArg_ParseTuple(args, "ic", &device, &byte)) {
    return NULL;
  }
  ssize_t sent;
  Py_BEGIN_ALLOW_THREADS
  while (atomic_flag_test_and_set_explicit(&locked, memory_order_acquire)) {
    sched_yield();
  }
  sent = write(device, &byte, 1);
  atomic_flag_clear_explicit(&locked, memory_order_release);
  Py_END_ALLOW_THREADS
  return PyLong_FromSsize_t(sent);
}

static PyMethodDef methods[] = {
    {"transmit", transmit, METH_VARARGS, NULL},
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
    .m_name = "home_made_lock_spin_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_spin_good(void) {
  return PyModuleDef_Init(&definition);
}

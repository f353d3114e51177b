// The flag is changed by a compare-and-swap of the compiler, and cleared by a release.
#include <Python.h>
#include <unistd.h>
#include <sched.h>

static int locked;

static PyObject *transmit(PyObject *module, PyObject *args) {
  int device;
  char byte;
  if (!PyArg_ParseTuple(args, "ic", &device, &byte)) {
    return NULL;
  }
  ssize_t sent;
  Py_BEGIN_ALLOW_THREADS
  while (!__sync_bool_compare_and_swap(&locked, 0, 1)) {
    sched_yield();
  }
  sent = write(device, &byte, 1);
  __sync_lock_release(&locked);
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
    .m_name = "home_made_lock_builtin_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_builtin_good(void) {
  return PyModuleDef_Init(&definition);
}

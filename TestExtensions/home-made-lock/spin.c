// A loop waits until the flag is clear and sets it; two threads can leave the loop together.
#include <Python.h>
#include <unistd.h>
#include <sched.h>

static volatile int locked;  // expect: home-made-lock

static PyObject *transmit(PyObject *module, PyObject *args) {
  int device;
  char byte;
  if (!PyArg_ParseTuple(args, "ic", &device, &byte)) {
    return NULL;
  }
  ssize_t sent;
  Py_BEGIN_ALLOW_THREADS
  while (locked) {
    sched_yield();
  }
  locked = 1;
  sent = write(device, &byte, 1);
  locked = 0;
  Py_END_ALLOW_THREADS
  return PyLong_FromSsize_t(sent);
}

static PyMethodDef methods[] = {
    {"transmit", transmit, METH_VARARGS, NULL},
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
    .m_name = "home_made_lock_spin",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_spin(void) {
  return PyModuleDef_Init(&definition);
}

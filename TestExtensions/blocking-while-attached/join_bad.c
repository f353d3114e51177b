// The worker is waited for while attached; if it wants to attach itself, both wait for ever.
#include <Python.h>
#include <pthread.h>

static void *work(void *context) {
  unsigned long *sum = context;
  for (unsigned long i = 1; i <= 100000; i++) {
    *sum += i * i;
  }
  return NULL;
}

static PyObject *run(PyObject *module, PyObject *unused) {
  pthread_t thread;
  unsigned long sum = 0;
  if (pthread_create(&thread, NULL, work, &sum) != 0) {
    PyErr_SetString(PyExc_RuntimeError, "no thread");
    return NULL;
  }
  pthread_join(thread, NULL);  // expect: blocking-while-attached
  return PyLong_FromUnsignedLong(sum);
}

static PyMethodDef methods[] = {
    {"run", run, METH_NOARGS, NULL},
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
    .m_name = "blocking_while_attached_join_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_blocking_while_attached_join_bad(void) {
  return PyModuleDef_Init(&definition);
}

// A queue in a header, with its lock.
#include <Python.h>
#include "queue.h"

static PyObject *put(PyObject *module, PyObject *number) {
  struct job *job = PyMem_RawMalloc(sizeof(*job));
  if (job == NULL) {
    return PyErr_NoMemory();
  }
  job->number = PyLong_AsLong(number);
  queue_put(job);
  Py_RETURN_NONE;
}

static PyObject *take(PyObject *module, PyObject *unused) {
  struct job *job = queue_take();
  if (job == NULL) {
    Py_RETURN_NONE;
  }
  long number = job->number;
  PyMem_RawFree(job);
  return PyLong_FromLong(number);
}

static PyMethodDef methods[] = {
    {"put", put, METH_O, NULL},
    {"take", take, METH_NOARGS, NULL},
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
    .m_name = "static_container_header_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_header_good(void) {
  return PyModuleDef_Init(&definition);
}

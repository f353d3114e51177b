// The lock is for the macro of a fork of Python; a free-threaded build of today has none.
#include <Python.h>
#include <pthread.h>
#include <stdlib.h>

#ifdef Py_NOGIL
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
#endif
static double *weights;  // expect: lazy-initialised-static

static PyObject *weight(PyObject *module, PyObject *index) {
  unsigned long i = PyLong_AsUnsignedLong(index);
  if (i == (unsigned long)-1 && PyErr_Occurred()) {
    return NULL;
  }
#ifdef Py_NOGIL
  pthread_mutex_lock(&lock);
#endif
  if (weights == NULL) {
    weights = calloc(64, sizeof(double));
    for (int k = 0; weights != NULL && k < 64; k++) {
      weights[k] = 1.0 / (k + 1);
    }
  }
  double *table = weights;
#ifdef Py_NOGIL
  pthread_mutex_unlock(&lock);
#endif
  return table == NULL ? PyErr_NoMemory() : PyFloat_FromDouble(table[i % 64]);
}

static PyMethodDef methods[] = {
    {"weight", weight, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_ifdef",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_ifdef(void) {
  return PyModuleDef_Init(&definition);
}

// The module of bad.c; the test without the lock acquires what the store under the lock
// releases.
#include <Python.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static double *_Atomic sines;

static double *make_sines(void) {
  double *table = malloc(360 * sizeof(double));
  for (int i = 0; table != NULL && i < 360; i++) {
    table[i] = sin(i * 3.141592653589793 / 180);
  }
  return table;
}

static PyObject *sine(PyObject *module, PyObject *degrees) {
  long angle = PyLong_AsLong(degrees);
  if (angle == -1 && PyErr_Occurred()) {
    return NULL;
  }
  double *table = atomic_load_explicit(&sines, memory_order_acquire);
  if (table == NULL) {
    pthread_mutex_lock(&lock);
    table = atomic_load_explicit(&sines, memory_order_relaxed);
    if (table == NULL) {
      table = make_sines();
      atomic_store_explicit(&sines, table, memory_order_release);
    }
    pthread_mutex_unlock(&lock);
  }
  if (table == NULL) {
    return PyErr_NoMemory();
  }
  return PyFloat_FromDouble(table[(unsigned long)angle % 360]);
}

static PyMethodDef methods[] = {
    {"sine", sine, METH_O, NULL},
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
    .m_name = "double_checked_locking_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_good(void) {
  return PyModuleDef_Init(&definition);
}

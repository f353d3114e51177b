// The lock is taken only when the table seems to be missing. The first test reads a plain
// pointer, so it can see the pointer before it can see what it points to.
#include <Python.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static double *sines;  // expect: double-checked-locking

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
  if (sines == NULL) {
    pthread_mutex_lock(&lock);
    if (sines == NULL) {
      sines = make_sines();
    }
    pthread_mutex_unlock(&lock);
  }
  if (sines == NULL) {
    return PyErr_NoMemory();
  }
  return PyFloat_FromDouble(sines[(unsigned long)angle % 360]);
}

static PyMethodDef methods[] = {
    {"sine", sine, METH_O, NULL},
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
    .m_name = "double_checked_locking_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_bad(void) {
  return PyModuleDef_Init(&definition);
}

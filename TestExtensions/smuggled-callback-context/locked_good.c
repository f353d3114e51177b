// A lock is held from the store until the sort is done; no Python code runs meanwhile.
#include <Python.h>
#include <stdlib.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const double *keys;

static int by_key(const void *left, const void *right) {
  double a = keys[*(const int *)left], b = keys[*(const int *)right];
  return a < b ? -1 : a > b;
}

static PyObject *order(PyObject *module, PyObject *args) {
  double values[3];
  int indices[3] = {0, 1, 2};
  if (!PyArg_ParseTuple(args, "ddd", values, values + 1, values + 2)) {
    return NULL;
  }
  pthread_mutex_lock(&lock);
  keys = values;
  qsort(indices, 3, sizeof(int), by_key);
  keys = NULL;
  pthread_mutex_unlock(&lock);
  return Py_BuildValue("(iii)", indices[0], indices[1], indices[2]);
}

static PyMethodDef methods[] = {
    {"order", order, METH_VARARGS, NULL},
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
    .m_name = "smuggled_callback_context_locked_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_locked_good(void) {
  return PyModuleDef_Init(&definition);
}

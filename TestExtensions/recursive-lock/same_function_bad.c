// The second half of the function was written when the first had not yet been locked.
#include <Python.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long used, limit = 100;

static PyObject *reserve(PyObject *module, PyObject *args) {
  long count;
  int force = 0;
  if (!PyArg_ParseTuple(args, "l|p", &count, &force)) {
    return NULL;
  }
  pthread_mutex_lock(&lock);
  int granted = limit - used >= count || force;
  if (granted) {
    used += count;
    if (used > limit) {
      pthread_mutex_lock(&lock);  // expect: recursive-lock
      limit = used;
      pthread_mutex_unlock(&lock);
    }
  }
  pthread_mutex_unlock(&lock);
  return PyBool_FromLong(granted);
}

static PyObject *usage(PyObject *module, PyObject *unused) {
  pthread_mutex_lock(&lock);
  long now = used, most = limit;
  pthread_mutex_unlock(&lock);
  return Py_BuildValue("ll", now, most);
}

static PyMethodDef methods[] = {
    {"reserve", reserve, METH_VARARGS, NULL},
    {"usage", usage, METH_NOARGS, NULL},
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
    .m_name = "recursive_lock_same_function_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_recursive_lock_same_function_bad(void) {
  return PyModuleDef_Init(&definition);
}

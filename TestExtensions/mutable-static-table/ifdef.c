// The lock is for the macro of a fork of Python; a free-threaded build of today has none.
#include <Python.h>

#ifdef Py_NOGIL
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
#endif

static short offsets[12];  // expect: mutable-static-table

static PyObject *set_offset(PyObject *module, PyObject *args) {
  unsigned month;
  short offset;
  if (!PyArg_ParseTuple(args, "Ih", &month, &offset)) {
    return NULL;
  }
#ifdef Py_NOGIL
  pthread_mutex_lock(&lock);
#endif
  offsets[month % 12] = offset;
#ifdef Py_NOGIL
  pthread_mutex_unlock(&lock);
#endif
  Py_RETURN_NONE;
}

static PyObject *total(PyObject *module, PyObject *unused) {
  long sum = 0;
#ifdef Py_NOGIL
  pthread_mutex_lock(&lock);
#endif
  for (int i = 0; i < 12; i++) {
    sum += offsets[i];
  }
#ifdef Py_NOGIL
  pthread_mutex_unlock(&lock);
#endif
  return PyLong_FromLong(sum);
}

static PyMethodDef methods[] = {
    {"set_offset", set_offset, METH_VARARGS, NULL},
    {"total", total, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_table_ifdef",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_ifdef(void) {
  return PyModuleDef_Init(&definition);
}

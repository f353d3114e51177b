// On free-threaded builds setter and getter have the lock.
#include <Python.h>

#ifdef Py_GIL_DISABLED
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
#endif

static PyObject *context;

static PyObject *set_context(PyObject *module, PyObject *value) {
  Py_INCREF(value);
#ifdef Py_GIL_DISABLED
  pthread_mutex_lock(&lock);
#endif
  PyObject *old = context;
  context = value;
#ifdef Py_GIL_DISABLED
  pthread_mutex_unlock(&lock);
#endif
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *get_context(PyObject *module, PyObject *unused) {
#ifdef Py_GIL_DISABLED
  pthread_mutex_lock(&lock);
#endif
  PyObject *value = Py_NewRef(context != NULL ? context : Py_None);
#ifdef Py_GIL_DISABLED
  pthread_mutex_unlock(&lock);
#endif
  return value;
}

static PyMethodDef methods[] = {
    {"set_context", set_context, METH_O, NULL},
    {"get_context", get_context, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_object_ifdef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_ifdef_good(void) {
  return PyModuleDef_Init(&definition);
}

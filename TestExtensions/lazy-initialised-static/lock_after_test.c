// The lock is taken after the test, and the test is not made again: both threads fill the cache.
#include <Python.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char *banner;  // expect: lazy-initialised-static

static PyObject *get_banner(PyObject *module, PyObject *unused) {
  if (banner == NULL) {
    char *text = strdup(Py_GetVersion());
    pthread_mutex_lock(&lock);
    banner = text;
    pthread_mutex_unlock(&lock);
  }
  return banner == NULL ? PyErr_NoMemory() : PyUnicode_FromString(banner);
}

static PyMethodDef methods[] = {
    {"get_banner", get_banner, METH_NOARGS, NULL},
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
    .m_name = "lazy_initialised_static_lock_after_test",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_lock_after_test(void) {
  return PyModuleDef_Init(&definition);
}

// A mutex with a static initialiser.
#include <Python.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long tickets;

static PyObject *ticket(PyObject *module, PyObject *unused) {
  pthread_mutex_lock(&lock);
  long mine = ++tickets;
  pthread_mutex_unlock(&lock);
  return PyLong_FromLong(mine);
}

static PyMethodDef methods[] = {
    {"ticket", ticket, METH_NOARGS, NULL},
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
    .m_name = "lazily_created_lock_pthread_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_pthread_good(void) {
  return PyModuleDef_Init(&definition);
}

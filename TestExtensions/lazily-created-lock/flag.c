// The mutex is no pointer; a flag says whether it has been initialised. One finding, at the
// mutex.
#include <Python.h>
#include <pthread.h>

static pthread_mutex_t lock;  // expect: lazily-created-lock
static int lock_ready;
static long tickets;

static PyObject *ticket(PyObject *module, PyObject *unused) {
  if (!lock_ready) {
    pthread_mutex_init(&lock, NULL);
    lock_ready = 1;
  }
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_created_lock_flag",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_flag(void) {
  return PyModuleDef_Init(&definition);
}

// Where the lock could not be had there is nothing to give back; where the release fails, neither.
#include <Python.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long tickets;

static PyObject *try_ticket(PyObject *module, PyObject *unused) {
  if (pthread_mutex_trylock(&lock) != 0) {
    Py_RETURN_NONE;
  }
  long ticket = ++tickets;
  pthread_mutex_unlock(&lock);
  return PyLong_FromLong(ticket);
}

static PyObject *ticket(PyObject *module, PyObject *unused) {
  if (pthread_mutex_lock(&lock) != 0) {
    PyErr_SetString(PyExc_RuntimeError, "cannot lock");
    return NULL;
  }
  long ticket = ++tickets;
  if (pthread_mutex_unlock(&lock) != 0) {
    PyErr_SetString(PyExc_RuntimeError, "cannot unlock");
    return NULL;
  }
  return PyLong_FromLong(ticket);
}

static PyObject *patient_ticket(PyObject *module, PyObject *tries) {
  long rest = PyLong_AsLong(tries);
  while (pthread_mutex_trylock(&lock) != 0) {
    if (rest-- <= 0) {
      Py_RETURN_NONE;
    }
  }
  long ticket = ++tickets;
  pthread_mutex_unlock(&lock);
  return PyLong_FromLong(ticket);
}

static PyMethodDef methods[] = {
    {"try_ticket", try_ticket, METH_NOARGS, NULL},
    {"ticket", ticket, METH_NOARGS, NULL},
    {"patient_ticket", patient_ticket, METH_O, NULL},
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
    .m_name = "unbalanced_lock_try_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_try_good(void) {
  return PyModuleDef_Init(&definition);
}

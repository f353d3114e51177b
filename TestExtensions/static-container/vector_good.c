// A vector that grows under a lock.
#include <Python.h>
#include <stdlib.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long *numbers;
static size_t count, capacity;

static PyObject *append(PyObject *module, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  pthread_mutex_lock(&lock);
  if (count == capacity) {
    size_t larger = capacity == 0 ? 16 : 2 * capacity;
    long *moved = realloc(numbers, larger * sizeof(long));
    if (moved == NULL) {
      pthread_mutex_unlock(&lock);
      return PyErr_NoMemory();
    }
    numbers = moved;
    capacity = larger;
  }
  numbers[count++] = value;
  pthread_mutex_unlock(&lock);
  Py_RETURN_NONE;
}

static PyObject *total(PyObject *module, PyObject *unused) {
  long sum = 0;
  pthread_mutex_lock(&lock);
  for (size_t i = 0; i < count; i++) {
    sum += numbers[i];
  }
  pthread_mutex_unlock(&lock);
  return PyLong_FromLong(sum);
}

static PyMethodDef methods[] = {
    {"append", append, METH_O, NULL},
    {"total", total, METH_NOARGS, NULL},
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
    .m_name = "static_container_vector_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_vector_good(void) {
  return PyModuleDef_Init(&definition);
}

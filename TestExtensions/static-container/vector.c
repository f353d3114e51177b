// A vector that grows, with its size and its capacity: one finding, at the vector.
#include <Python.h>
#include <stdlib.h>

static long *numbers;  // expect: static-container
static size_t count, capacity;

static PyObject *append(PyObject *module, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (count == capacity) {
    size_t larger = capacity == 0 ? 16 : 2 * capacity;
    long *moved = realloc(numbers, larger * sizeof(long));
    if (moved == NULL) {
      return PyErr_NoMemory();
    }
    numbers = moved;
    capacity = larger;
  }
  numbers[count++] = value;
  Py_RETURN_NONE;
}

static PyObject *total(PyObject *module, PyObject *unused) {
  long sum = 0;
  for (size_t i = 0; i < count; i++) {
    sum += numbers[i];
  }
  return PyLong_FromLong(sum);
}

static PyMethodDef methods[] = {
    {"append", append, METH_O, NULL},
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
    .m_name = "static_container_vector",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_vector(void) {
  return PyModuleDef_Init(&definition);
}

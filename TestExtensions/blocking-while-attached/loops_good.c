// Loops that read a field or walk a list, and do not wait for another thread.
#include <Python.h>

static size_t capacity = 16;

static PyObject *set_capacity(PyObject *module, PyObject *arg) {
  long wanted = PyLong_AsLong(arg);
  if (wanted == -1 && PyErr_Occurred()) {
    return NULL;
  }
  __atomic_store_n(&capacity, (size_t)wanted, __ATOMIC_RELAXED);
  Py_RETURN_NONE;
}

static PyObject *rounded(PyObject *module, PyObject *arg) {
  size_t wanted = PyLong_AsSize_t(arg);
  size_t size = __atomic_load_n(&capacity, __ATOMIC_RELAXED);
  while (size < wanted && size < 65536) {
    size *= 2;
  }
  return PyLong_FromSize_t(size);
}

static PyObject *bases(PyObject *module, PyObject *arg) {
  long count = 0;
  PyTypeObject *type = Py_TYPE(arg);
  while (type != NULL) {
    type = type->tp_base;
    count++;
  }
  return PyLong_FromLong(count);
}

static PyMethodDef methods[] = {
    {"set_capacity", set_capacity, METH_O, NULL},
    {"rounded", rounded, METH_O, NULL},
    {"bases", bases, METH_O, NULL},
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
    .m_name = "blocking_while_attached_loops_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_blocking_while_attached_loops_good(void) {
  return PyModuleDef_Init(&definition);
}

// Every thread has its own cache, in each of the two spellings of C.
#include <Python.h>

static _Thread_local long cached_key = -1;
static _Thread_local double cached_value;
static __thread char *scratch;

static PyObject *square(PyObject *module, PyObject *number) {
  long key = PyLong_AsLong(number);
  if (key == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (cached_key != key) {
    cached_value = (double)key * key;
    cached_key = key;
  }
  if (scratch == NULL) {
    scratch = PyMem_RawMalloc(64);
  }
  return PyFloat_FromDouble(cached_value);
}

static PyMethodDef methods[] = {
    {"square", square, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_thread_local_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_thread_local_good(void) {
  return PyModuleDef_Init(&definition);
}

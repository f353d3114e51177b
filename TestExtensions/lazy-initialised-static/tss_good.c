// A key of thread-specific storage, made on import; each thread then fills a value of its own.
#include <Python.h>

static Py_tss_t buffer_key = Py_tss_NEEDS_INIT;

static int exec_module(PyObject *module) {
  return PyThread_tss_create(&buffer_key) == 0 ? 0 : -1;
}

static PyObject *touch(PyObject *module, PyObject *unused) {
  unsigned char *buffer = PyThread_tss_get(&buffer_key);
  if (buffer == NULL) {
    buffer = PyMem_RawCalloc(1, 64);
    if (buffer == NULL || PyThread_tss_set(&buffer_key, buffer) != 0) {
      PyMem_RawFree(buffer);
      return PyErr_NoMemory();
    }
  }
  buffer[0] += 1;
  return PyLong_FromLong(buffer[0]);
}

static PyMethodDef methods[] = {
    {"touch", touch, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazy_initialised_static_tss_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_tss_good(void) {
  return PyModuleDef_Init(&definition);
}

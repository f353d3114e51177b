// A buffer on the heap that each call makes as large as it needs, and fills.
#include <Python.h>

static char *buffer;  // expect: static-scratch-buffer

static PyObject *shout(PyObject *module, PyObject *bytes) {
  char *data;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0) {
    return NULL;
  }
  char *larger = PyMem_RawRealloc(buffer, size + 1);
  if (larger == NULL) {
    return PyErr_NoMemory();
  }
  buffer = larger;
  for (Py_ssize_t i = 0; i < size; i++) {
    buffer[i] = Py_TOUPPER(data[i]);
  }
  return PyBytes_FromStringAndSize(buffer, size);
}

static PyMethodDef methods[] = {
    {"shout", shout, METH_O, NULL},
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
    .m_name = "static_scratch_buffer_grown",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_grown(void) {
  return PyModuleDef_Init(&definition);
}

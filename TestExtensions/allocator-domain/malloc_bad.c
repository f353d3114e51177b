// The text comes from malloc and goes to PyMem_Free: with the debug hooks or mimalloc that is a crash.
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *upper(PyObject *module, PyObject *argument) {
  Py_ssize_t size;
  const char *text = PyUnicode_AsUTF8AndSize(argument, &size);
  if (text == NULL) {
    return NULL;
  }
  char *copy = malloc(size + 1);
  if (copy == NULL) {
    return PyErr_NoMemory();
  }
  memcpy(copy, text, size + 1);
  for (Py_ssize_t i = 0; i < size; i++) {
    copy[i] = Py_TOUPPER(copy[i]);
  }
  PyObject *result = PyUnicode_FromStringAndSize(copy, size);
  PyMem_Free(copy);  // expect: allocator-domain
  return result;
}

static PyMethodDef methods[] = {
    {"upper", upper, METH_O, NULL},
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
    .m_name = "allocator_domain_malloc_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_allocator_domain_malloc_bad(void) {
  return PyModuleDef_Init(&definition);
}

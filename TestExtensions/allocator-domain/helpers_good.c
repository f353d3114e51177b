// Each domain has its pair of helpers; which one a pointer is of, its user knows.
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static void *scratch_new(size_t size) {
  void *memory = malloc(size == 0 ? 1 : size);
  if (memory == NULL) {
    PyErr_NoMemory();
  }
  return memory;
}

static void scratch_free(void *memory) { free(memory); }

static char *text_new(const char *from, Py_ssize_t size) {
  char *text = PyMem_New(char, size + 1);
  if (text == NULL) {
    PyErr_NoMemory();
    return NULL;
  }
  memcpy(text, from, size);
  text[size] = '\0';
  return text;
}

static void text_free(char *text) { PyMem_Del(text); }

static PyObject *reversed(PyObject *module, PyObject *argument) {
  Py_ssize_t size;
  const char *from = PyUnicode_AsUTF8AndSize(argument, &size);
  if (from == NULL) {
    return NULL;
  }
  char *text = text_new(from, size);
  Py_ssize_t *positions = scratch_new(size * sizeof(Py_ssize_t));
  PyObject *result = NULL;
  if (text != NULL && positions != NULL) {
    for (Py_ssize_t i = 0; i < size; i++) {
      positions[i] = size - 1 - i;
    }
    for (Py_ssize_t i = 0; i < size; i++) {
      text[i] = from[positions[i]];
    }
    result = PyUnicode_DecodeLatin1(text, size, NULL);
  }
  if (text != NULL) {
    text_free(text);
  }
  scratch_free(positions);
  return result;
}

static PyMethodDef methods[] = {
    {"reversed", reversed, METH_O, NULL},
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
    .m_name = "allocator_domain_helpers_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_allocator_domain_helpers_good(void) {
  return PyModuleDef_Init(&definition);
}

// What a helper takes from the raw domain another one gives to the domain of PyMem.
#include <Python.h>
#include <string.h>

typedef struct {
  char *text;
  size_t used;
} Buffer;

static int buffer_init(Buffer *buffer, size_t size) {
  buffer->used = 0;
  buffer->text = PyMem_RawMalloc(size);
  return buffer->text == NULL ? -1 : 0;
}

static void buffer_release(Buffer *buffer) {
  PyMem_Free(buffer->text);  // expect: allocator-domain
  buffer->text = NULL;
}

static PyObject *quote(PyObject *module, PyObject *argument) {
  Py_ssize_t size;
  const char *text = PyUnicode_AsUTF8AndSize(argument, &size);
  if (text == NULL) {
    return NULL;
  }
  Buffer buffer;
  if (buffer_init(&buffer, 2 * (size_t)size + 2) < 0) {
    return PyErr_NoMemory();
  }
  buffer.text[buffer.used++] = '"';
  for (Py_ssize_t i = 0; i < size; i++) {
    if (text[i] == '"') {
      buffer.text[buffer.used++] = '\\';
    }
    buffer.text[buffer.used++] = text[i];
  }
  buffer.text[buffer.used++] = '"';
  PyObject *result = PyUnicode_FromStringAndSize(buffer.text, (Py_ssize_t)buffer.used);
  buffer_release(&buffer);
  return result;
}

static PyMethodDef methods[] = {
    {"quote", quote, METH_O, NULL},
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
    .m_name = "allocator_domain_helper_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_allocator_domain_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}

// Everything about the memory is behind macros, the growing as well as the reading.
#include <Python.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  PyObject_HEAD
  unsigned char *words;  // expect: resizable-buffer
  size_t nwords;
} Bits;

#define BITS(op) ((Bits *)(op))
#define WORD(op, index) (BITS(op)->words[(index) >> 3])
#define MASK(index) ((unsigned char)(1u << ((index) & 7u)))
#define TEST(op, index) ((index) >> 3 < BITS(op)->nwords && (WORD(op, index) & MASK(index)) != 0)
#define GROW(op, size)                                                \
  do {                                                                \
    unsigned char *grown = realloc(BITS(op)->words, (size));          \
    if (grown == NULL) {                                              \
      return PyErr_NoMemory();                                        \
    }                                                                 \
    memset(grown + BITS(op)->nwords, 0, (size)-BITS(op)->nwords);     \
    BITS(op)->words = grown;                                          \
    BITS(op)->nwords = (size);                                        \
  } while (0)

static void bits_dealloc(PyObject *op) {
  Bits *self = (Bits *)op;
  PyTypeObject *type = Py_TYPE(op);
  free(self->words);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *bits_add(PyObject *op, PyObject *arg) {
  size_t index = PyLong_AsSize_t(arg);
  if (index == (size_t)-1 && PyErr_Occurred()) {
    return NULL;
  }
  if (index >> 3 >= BITS(op)->nwords) {
    GROW(op, (index >> 3) + 1);
  }
  WORD(op, index) |= MASK(index);
  Py_RETURN_NONE;
}

static int bits_contains(PyObject *op, PyObject *arg) {
  size_t index = PyLong_AsSize_t(arg);
  if (index == (size_t)-1 && PyErr_Occurred()) {
    return -1;
  }
  return TEST(op, index);
}

static PyMethodDef bits_methods[] = {
    {"add", (PyCFunction)bits_add, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot bits_slots[] = {
    {Py_tp_dealloc, bits_dealloc},
    {Py_tp_methods, bits_methods},
    {Py_sq_contains, bits_contains},
    {0, NULL},
};

static PyType_Spec bits_spec = {
    .name = "macro.Bits",
    .basicsize = sizeof(Bits),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = bits_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&bits_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "resizable_buffer_macro_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_macro_bad(void) {
  return PyModuleDef_Init(&module_def);
}

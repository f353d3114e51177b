// The memory goes back through a table of functions that the module has for its allocator.
#include <Python.h>

typedef struct {
  void (*release)(void *);
} Allocator;

static const Allocator allocator = {PyMem_Free};

static void give_back(void *memory) { allocator.release(memory); }

typedef struct {
  PyObject_HEAD
  // expect-wrong: unsynchronised-field  the memory is given back
  char *bytes;  // expect-missing: resizable-buffer  a release through a table of functions is not followed
} Reader;

static PyObject *reader_feed(Reader *self, PyObject *unused) {
  give_back(self->bytes);
  self->bytes = PyMem_Calloc(9, 1);
  Py_RETURN_NONE;
}

static PyObject *reader_first(Reader *self, PyObject *unused) {
  return PyLong_FromLong(self->bytes != NULL ? self->bytes[0] : 0);
}

static void reader_dealloc(PyObject *op) {
  Reader *self = (Reader *)op;
  PyTypeObject *type = Py_TYPE(op);
  give_back(self->bytes);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef reader_methods[] = {
    {"feed", (PyCFunction)reader_feed, METH_NOARGS, NULL},
    {"first", (PyCFunction)reader_first, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot reader_slots[] = {
    {Py_tp_dealloc, reader_dealloc},
    {Py_tp_methods, reader_methods},
    {0, NULL},
};

static PyType_Spec reader_spec = {
    .name = "resizable_buffer_function_pointer_bad.Reader",
    .basicsize = sizeof(Reader),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = reader_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&reader_spec);
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
    .m_name = "resizable_buffer_function_pointer_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_function_pointer_bad(void) {
  return PyModuleDef_Init(&module_def);
}

// A helper frees the words of the record inside the object while another thread reads them.
#include <Python.h>

typedef struct {
  int is_copy;
  char *words;
  long size;
} Input;

typedef struct {
  PyObject_HEAD
  Input input;  // expect: resizable-buffer
} Source;

static void input_end(Input *input) {
  if (input->is_copy) {
    PyMem_Free(input->words);
  }
}

static void input_assign(Input *to, const Input *from) {
  to->words = from->words;
  to->size = from->size;
  to->is_copy = from->is_copy;
}

static PyObject *source_set(Source *self, PyObject *unused) {
  Input input = {1, PyMem_Calloc(3, 1), 3};
  if (input.words == NULL) {
    return PyErr_NoMemory();
  }
  input_end(&self->input);
  input_assign(&self->input, &input);
  Py_RETURN_NONE;
}

static PyObject *source_last(Source *self, PyObject *unused) {
  if (self->input.size == 0) {
    Py_RETURN_NONE;
  }
  return PyLong_FromLong(self->input.words[self->input.size - 1]);
}

static void source_dealloc(PyObject *op) {
  Source *self = (Source *)op;
  PyTypeObject *type = Py_TYPE(op);
  input_end(&self->input);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef source_methods[] = {
    {"set", (PyCFunction)source_set, METH_NOARGS, NULL},
    {"last", (PyCFunction)source_last, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot source_slots[] = {
    {Py_tp_dealloc, source_dealloc},
    {Py_tp_methods, source_methods},
    {0, NULL},
};

static PyType_Spec source_spec = {
    .name = "resizable_buffer_embedded_record_bad.Source",
    .basicsize = sizeof(Source),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = source_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&source_spec);
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
    .m_name = "resizable_buffer_embedded_record_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_embedded_record_bad(void) {
  return PyModuleDef_Init(&module_def);
}

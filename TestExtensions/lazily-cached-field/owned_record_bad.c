// The cache is in a record that the object owns; the field of the object is what is shared.
#include <Python.h>

typedef struct {
  Py_ssize_t count;
  Py_ssize_t *line_starts;
} LineIndex;

typedef struct {
  PyObject_HEAD
  PyObject *source;
  LineIndex *index;  // expect: lazily-cached-field
} Text;

static Py_ssize_t *build_line_starts(const char *text, Py_ssize_t size, Py_ssize_t count) {
  Py_ssize_t *starts = PyMem_Calloc((size_t)count + 1, sizeof(Py_ssize_t));
  for (Py_ssize_t i = 0, line = 1; starts != NULL && i < size; i++) {
    if (text[i] == '\n' && line < count) {
      starts[line++] = i + 1;
    }
  }
  return starts;
}

static Py_ssize_t count_lines(const char *text, Py_ssize_t size) {
  Py_ssize_t count = 1;
  for (Py_ssize_t i = 0; i < size; i++) {
    count += text[i] == '\n';
  }
  return count;
}

static PyObject *text_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *source;
  if (!PyArg_ParseTuple(args, "S:Text", &source)) {
    return NULL;
  }
  Text *self = (Text *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->source = Py_NewRef(source);
  self->index = PyMem_Calloc(1, sizeof(LineIndex));
  if (self->index == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  self->index->count = count_lines(PyBytes_AS_STRING(source), PyBytes_GET_SIZE(source));
  return (PyObject *)self;
}

static void index_free(LineIndex *index) {
  if (index != NULL) {
    PyMem_Free(index->line_starts);
    PyMem_Free(index);
  }
}

static void text_dealloc(PyObject *op) {
  Text *self = (Text *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->source);
  index_free(self->index);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *text_line_start(Text *self, PyObject *arg) {
  Py_ssize_t line = PyLong_AsSsize_t(arg);
  if (line < 0 || line >= self->index->count) {
    if (!PyErr_Occurred()) {
      PyErr_SetString(PyExc_IndexError, "no such line");
    }
    return NULL;
  }
  LineIndex *index = self->index;
  if (index->line_starts == NULL) {
    index->line_starts = build_line_starts(PyBytes_AS_STRING(self->source),
                                           PyBytes_GET_SIZE(self->source), index->count);
    if (index->line_starts == NULL) {
      return PyErr_NoMemory();
    }
  }
  return PyLong_FromSsize_t(index->line_starts[line]);
}

static PyMethodDef text_methods[] = {
    {"line_start", (PyCFunction)text_line_start, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot text_slots[] = {
    {Py_tp_new, text_new},
    {Py_tp_dealloc, text_dealloc},
    {Py_tp_methods, text_methods},
    {0, NULL},
};

static PyType_Spec text_spec = {
    .name = "owned_record.Text",
    .basicsize = sizeof(Text),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = text_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&text_spec);
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
    .m_name = "lazily_cached_field_owned_record_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_owned_record_bad(void) {
  return PyModuleDef_Init(&module_def);
}

// A local writer grows its own memory; only its result becomes an object.
#include <Python.h>

typedef struct {
  char *data;
  size_t size;
  size_t room;
} Writer;

typedef struct {
  PyObject_HEAD
  char separator;
} Joiner;

static int writer_put(Writer *writer, const char *text, size_t size) {
  if (writer->size + size > writer->room) {
    size_t room = (writer->size + size) * 2;
    char *data = PyMem_Realloc(writer->data, room);
    if (data == NULL) {
      PyErr_NoMemory();
      return -1;
    }
    writer->data = data;
    writer->room = room;
  }
  memcpy(writer->data + writer->size, text, size);
  writer->size += size;
  return 0;
}

static PyObject *joiner_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  char separator = ',';
  if (!PyArg_ParseTuple(args, "|c:Joiner", &separator)) {
    return NULL;
  }
  Joiner *self = (Joiner *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->separator = separator;
  }
  return (PyObject *)self;
}

static void joiner_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *joiner_join(Joiner *self, PyObject *args) {
  Writer writer = {NULL, 0, 0};
  PyObject *result = NULL;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++) {
    Py_ssize_t size;
    const char *text = PyUnicode_AsUTF8AndSize(PyTuple_GET_ITEM(args, i), &size);
    if (text == NULL || (i > 0 && writer_put(&writer, &self->separator, 1) < 0) ||
        writer_put(&writer, text, (size_t)size) < 0) {
      goto done;
    }
  }
  result = PyUnicode_DecodeUTF8(writer.data, (Py_ssize_t)writer.size, NULL);
done:
  PyMem_Free(writer.data);
  return result;
}

static PyMethodDef joiner_methods[] = {
    {"join", (PyCFunction)joiner_join, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot joiner_slots[] = {
    {Py_tp_new, joiner_new},
    {Py_tp_dealloc, joiner_dealloc},
    {Py_tp_methods, joiner_methods},
    {0, NULL},
};

static PyType_Spec joiner_spec = {
    .name = "writer.Joiner",
    .basicsize = sizeof(Joiner),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = joiner_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&joiner_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "resizable_buffer_writer_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_writer_good(void) {
  return PyModuleDef_Init(&definition);
}

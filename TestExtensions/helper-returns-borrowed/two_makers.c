// The helper makes the object in one of two ways, and keeps it alive only by the dict that it puts it
// into.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *cache;
} Library;

static PyObject *library_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Library *self = (Library *)type->tp_alloc(type, 0);
  if (self != NULL && (self->cache = PyDict_New()) == NULL) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void library_dealloc(PyObject *object) {
  Library *self = (Library *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->cache);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *build(Library *self, PyObject *name, int quoted) {  // expect: helper-returns-borrowed
  PyObject *entry = quoted ? PyObject_Repr(name) : PyObject_Str(name);
  if (entry != NULL) {
    int failed = PyDict_SetItem(self->cache, name, entry);
    Py_DECREF(entry);
    if (failed) {
      return NULL;
    }
  }
  return entry;
}

static PyObject *library_load(PyObject *op, PyObject *name) {
  PyObject *entry = build((Library *)op, name, 0);
  return entry == NULL ? NULL : PyLong_FromSsize_t(PyObject_Size(entry));
}

static PyObject *library_quote(PyObject *op, PyObject *name) {
  return Py_XNewRef(build((Library *)op, name, 1));
}

static PyObject *library_forget(PyObject *op, PyObject *name) {
  return PyDict_DelItem(((Library *)op)->cache, name) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef library_methods[] = {
    {"load", library_load, METH_O, NULL},
    {"quote", library_quote, METH_O, NULL},
    {"forget", library_forget, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot library_slots[] = {
    {Py_tp_new, library_new},
    {Py_tp_dealloc, library_dealloc},
    {Py_tp_methods, library_methods},
    {0, NULL},
};

static PyType_Spec library_spec = {
    .name = "two_makers.Library",
    .basicsize = sizeof(Library),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = library_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&library_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "helper_returns_borrowed_two_makers",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_helper_returns_borrowed_two_makers(void) {
  return PyModuleDef_Init(&definition);
}

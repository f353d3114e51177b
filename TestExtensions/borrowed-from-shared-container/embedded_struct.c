// The dict is a field of a struct that lies in the object.
#include <Python.h>

typedef struct {
  int flags;
  PyObject *names;
} Scope;

typedef struct {
  PyObject_HEAD
  Scope scope;
} Parser;

static PyObject *parser_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Parser *self = (Parser *)type->tp_alloc(type, 0);
  if (self != NULL && (self->scope.names = PyDict_New()) == NULL) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void parser_dealloc(PyObject *object) {
  Parser *self = (Parser *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->scope.names);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *parser_define(PyObject *op, PyObject *args) {
  PyObject *name, *value;
  if (!PyArg_ParseTuple(args, "UO", &name, &value)) {
    return NULL;
  }
  int result = PyDict_SetItem(((Parser *)op)->scope.names, name, value);
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *parser_resolve(PyObject *op, PyObject *name) {
  Parser *self = (Parser *)op;
  PyObject *value =
      PyDict_GetItemWithError(self->scope.names, name);  // expect: borrowed-from-shared-container
  if (value == NULL) {
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
  }
  return Py_NewRef(value);
}

static PyObject *parser_size(PyObject *op, PyObject *name) {
  Scope *scope = &((Parser *)op)->scope;
  // expect-missing: borrowed-from-shared-container  a pointer to a struct in the object is not followed
  PyObject *value = PyDict_GetItemWithError(scope->names, name);
  if (value == NULL) {
    return PyErr_Occurred() ? NULL : PyLong_FromLong(0);
  }
  return PyLong_FromSsize_t(PyObject_Size(value));
}

static PyMethodDef parser_methods[] = {
    {"define", parser_define, METH_VARARGS, NULL},
    {"resolve", parser_resolve, METH_O, NULL},
    {"size", parser_size, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot parser_slots[] = {
    {Py_tp_new, parser_new},
    {Py_tp_dealloc, parser_dealloc},
    {Py_tp_methods, parser_methods},
    {0, NULL},
};

static PyType_Spec parser_spec = {
    .name = "embedded_struct.Parser",
    .basicsize = sizeof(Parser),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = parser_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&parser_spec);
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
    .m_name = "borrowed_from_shared_container_embedded_struct",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_embedded_struct(void) {
  return PyModuleDef_Init(&definition);
}

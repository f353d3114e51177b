// The field is read with the project's macro, and by its address under another name.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *schema;  // expect: raw-owned-field-read
  PyObject *cache;  // expect: raw-owned-field-read
} Parser;

#define SCHEMA(op) (((Parser *)(op))->schema)
#define SWAP(field, value)              \
  do {                                  \
    PyObject *swapped = (field);        \
    (field) = Py_XNewRef(value);        \
    Py_XDECREF(swapped);                \
  } while (0)

static void parser_dealloc(PyObject *object) {
  Parser *self = (Parser *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->schema);
  Py_XDECREF(self->cache);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *parser_set(PyObject *op, PyObject *args) {
  PyObject *schema, *cache;
  if (!PyArg_ParseTuple(args, "OO", &schema, &cache)) {
    return NULL;
  }
  SWAP(SCHEMA(op), schema);
  SWAP(((Parser *)op)->cache, cache);
  Py_RETURN_NONE;
}

static PyObject *parser_parse(PyObject *op, PyObject *text) {
  Parser *self = (Parser *)op;
  PyObject **place = &self->cache;
  if (*place != NULL && SCHEMA(self) != NULL) {
    return PyObject_CallFunctionObjArgs(SCHEMA(self), text, *place, NULL);
  }
  return Py_NewRef(text);
}

static PyMethodDef parser_methods[] = {
    {"set", parser_set, METH_VARARGS, NULL},
    {"parse", parser_parse, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot parser_slots[] = {
    {Py_tp_dealloc, parser_dealloc},
    {Py_tp_methods, parser_methods},
    {0, NULL},
};

static PyType_Spec parser_spec = {
    .name = "macro.Parser",
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
    .m_name = "raw_owned_field_read_macro",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_macro(void) {
  return PyModuleDef_Init(&definition);
}

// Read-only members of all kinds; tp_new writes the fields, and nobody after it.
#include <Python.h>
#include <structmember.h>
#include <string.h>

typedef struct {
  PyObject_HEAD
  PyObject *name;
  PyObject *parent;
  const char *kind;
  char code[8];
  int line;
  double weight;
} Token;

static PyObject *token_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *name, *parent = NULL;
  int line = 1;
  if (!PyArg_ParseTuple(args, "U|Oi:Token", &name, &parent, &line)) {
    return NULL;
  }
  Token *self = (Token *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->name = Py_NewRef(name);
  self->parent = Py_XNewRef(parent);
  self->kind = line > 0 ? "token" : "synthetic";
  strcpy(self->code, "TK");
  self->line = line;
  self->weight = 1.0 / (line + 1.5);
  return (PyObject *)self;
}

static int token_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(((Token *)op)->parent);
  return 0;
}

static int token_clear(PyObject *op) {
  Py_CLEAR(((Token *)op)->parent);
  return 0;
}

static void token_dealloc(PyObject *op) {
  Token *self = (Token *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  Py_CLEAR(self->parent);
  Py_CLEAR(self->name);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *token_repr(PyObject *op) {
  const Token *self = (Token *)op;
  return PyUnicode_FromFormat("<%s %s %U line %d>", self->kind, self->code, self->name,
                              self->line);
}

static PyMemberDef token_members[] = {
    {"name", T_OBJECT_EX, offsetof(Token, name), READONLY, NULL},
    {"parent", T_OBJECT, offsetof(Token, parent), READONLY, NULL},
    {"kind", T_STRING, offsetof(Token, kind), READONLY, NULL},
    {"code", T_STRING_INPLACE, offsetof(Token, code), READONLY, NULL},
    {"line", T_INT, offsetof(Token, line), READONLY, NULL},
    {"weight", T_DOUBLE, offsetof(Token, weight), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot token_slots[] = {
    {Py_tp_new, token_new},
    {Py_tp_traverse, token_traverse},
    {Py_tp_clear, token_clear},
    {Py_tp_dealloc, token_dealloc},
    {Py_tp_repr, token_repr},
    {Py_tp_members, token_members},
    {0, NULL},
};

static PyType_Spec token_spec = {
    .name = "new_only.Token",
    .basicsize = sizeof(Token),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = token_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&token_spec);
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
    .m_name = "exposed_member_new_only_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_exposed_member_new_only_good(void) {
  return PyModuleDef_Init(&definition);
}

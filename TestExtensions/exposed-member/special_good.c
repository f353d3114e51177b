// Members that only tell the type where its list of weak references and its dict are.
#include <Python.h>
#include <structmember.h>

typedef struct {
  PyObject_HEAD
  PyObject *dict;
  PyObject *weakrefs;
  long token;
} Handle;

static PyObject *handle_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  long token = 0;
  if (!PyArg_ParseTuple(args, "|l:Handle", &token)) {
    return NULL;
  }
  Handle *self = (Handle *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->token = token;
  }
  return (PyObject *)self;
}

static int handle_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(((Handle *)op)->dict);
  return 0;
}

static int handle_clear(PyObject *op) {
  Py_CLEAR(((Handle *)op)->dict);
  return 0;
}

static void handle_dealloc(PyObject *op) {
  Handle *self = (Handle *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  if (self->weakrefs != NULL) {
    PyObject_ClearWeakRefs(op);
  }
  Py_CLEAR(self->dict);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *handle_int(PyObject *op) {
  return PyLong_FromLong(((Handle *)op)->token);
}

static PyMemberDef handle_members[] = {
    {"__weaklistoffset__", T_PYSSIZET, offsetof(Handle, weakrefs), READONLY, NULL},
    {"__dictoffset__", T_PYSSIZET, offsetof(Handle, dict), READONLY, NULL},
    {"token", T_LONG, offsetof(Handle, token), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot handle_slots[] = {
    {Py_tp_new, handle_new},
    {Py_tp_traverse, handle_traverse},
    {Py_tp_clear, handle_clear},
    {Py_tp_dealloc, handle_dealloc},
    {Py_nb_int, handle_int},
    {Py_tp_members, handle_members},
    {0, NULL},
};

static PyType_Spec handle_spec = {
    .name = "special.Handle",
    .basicsize = sizeof(Handle),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = handle_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&handle_spec);
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
    .m_name = "exposed_member_special_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_exposed_member_special_good(void) {
  return PyModuleDef_Init(&definition);
}

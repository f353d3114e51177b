// Python code may write the members; C code makes them, visits them and drops them at the end.
#include <Python.h>
#include <structmember.h>

typedef struct {
  PyObject_HEAD
  PyObject *tag;
  PyObject *note;
  long rank;
  float score;
} Record;

static PyObject *record_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *tag = Py_None;
  if (!PyArg_ParseTuple(args, "|O:Record", &tag)) {
    return NULL;
  }
  Record *self = (Record *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->tag = Py_NewRef(tag);
    self->rank = -1;
  }
  return (PyObject *)self;
}

static int record_traverse(PyObject *op, visitproc visit, void *arg) {
  Record *self = (Record *)op;
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(self->tag);
  Py_VISIT(self->note);
  return 0;
}

static int record_clear(PyObject *op) {
  Record *self = (Record *)op;
  Py_CLEAR(self->tag);
  Py_CLEAR(self->note);
  return 0;
}

static void record_dealloc(PyObject *op) {
  Record *self = (Record *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  (void)record_clear(op);
  self->rank = 0;
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *record_len_hint(Record *self, PyObject *unused) {
  return PyLong_FromSize_t(sizeof(*self));
}

static PyMethodDef record_methods[] = {
    {"__length_hint__", (PyCFunction)record_len_hint, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef record_members[] = {
    {"tag", T_OBJECT_EX, offsetof(Record, tag), 0, NULL},
    {"note", T_OBJECT, offsetof(Record, note), 0, NULL},
    {"rank", T_LONG, offsetof(Record, rank), 0, NULL},
    {"score", T_FLOAT, offsetof(Record, score), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot record_slots[] = {
    {Py_tp_new, record_new},
    {Py_tp_traverse, record_traverse},
    {Py_tp_clear, record_clear},
    {Py_tp_dealloc, record_dealloc},
    {Py_tp_methods, record_methods},
    {Py_tp_members, record_members},
    {0, NULL},
};

static PyType_Spec record_spec = {
    .name = "untouched.Record",
    .basicsize = sizeof(Record),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = record_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&record_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "exposed_member_untouched_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_exposed_member_untouched_good(void) {
  return PyModuleDef_Init(&module_def);
}

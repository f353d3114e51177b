// A cached object that is dropped with its owner only: the loser's reference leaks.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  long day;
  PyObject *text;  // expect: lazily-cached-field
} Date;

static PyTypeObject Date_Type;

static PyObject *date_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  long day;
  if (!PyArg_ParseTuple(args, "l:Date", &day)) {
    return NULL;
  }
  Date *self = (Date *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->day = day;
  }
  return (PyObject *)self;
}

static void date_dealloc(PyObject *op) {
  Date *self = (Date *)op;
  Py_XDECREF(self->text);
  Py_TYPE(op)->tp_free(op);
}

static PyObject *date_text(Date *self) {
  if (self->text == NULL) {
    self->text = PyUnicode_FromFormat("%ld-%02ld-%02ld", self->day / 372, self->day / 31 % 12,
                                      self->day % 31);
  }
  return self->text;
}

static PyObject *date_repr(PyObject *op) {
  return Py_XNewRef(date_text((Date *)op));
}

static Py_hash_t date_hash(PyObject *op) {
  PyObject *text = date_text((Date *)op);
  return text != NULL ? PyObject_Hash(text) : -1;
}

static PyTypeObject Date_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "object.Date",
    .tp_basicsize = sizeof(Date),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = date_new,
    .tp_dealloc = date_dealloc,
    .tp_repr = (reprfunc)date_repr,
    .tp_hash = date_hash,
};

static int add_types(PyObject *module) {
  return PyModule_AddType(module, &Date_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_cached_field_object_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_object_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

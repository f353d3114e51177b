// A cached hash: all threads compute the same word, so it is a medium finding.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  long numerator;
  long denominator;
  Py_hash_t hash;  // expect: lazily-cached-field
} Ratio;

static PyObject *ratio_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  long numerator, denominator = 1;
  if (!PyArg_ParseTuple(args, "l|l:Ratio", &numerator, &denominator)) {
    return NULL;
  }
  Ratio *self = (Ratio *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->numerator = numerator;
    self->denominator = denominator;
    self->hash = -1;
  }
  return (PyObject *)self;
}

static void ratio_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static Py_hash_t ratio_hash(PyObject *op) {
  Ratio *self = (Ratio *)op;
  if (self->hash == -1) {
    Py_uhash_t hash = (Py_uhash_t)self->numerator * 1000003u;
    hash ^= (Py_uhash_t)self->denominator;
    self->hash = (Py_hash_t)hash == -1 ? -2 : (Py_hash_t)hash;
  }
  return self->hash;
}

static PyObject *ratio_float(PyObject *op) {
  Ratio *self = (Ratio *)op;
  return PyFloat_FromDouble((double)self->numerator / (double)self->denominator);
}

static PyType_Slot ratio_slots[] = {
    {Py_tp_new, ratio_new},
    {Py_tp_dealloc, ratio_dealloc},
    {Py_tp_hash, ratio_hash},
    {Py_nb_float, ratio_float},
    {0, NULL},
};

static PyType_Spec ratio_spec = {
    .name = "hash.Ratio",
    .basicsize = sizeof(Ratio),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = ratio_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&ratio_spec);
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
    .m_name = "lazily_cached_field_hash_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_hash_bad(void) {
  return PyModuleDef_Init(&module_def);
}

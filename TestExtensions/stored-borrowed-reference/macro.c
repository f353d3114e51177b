// The project's macro stores without a reference; its sibling takes one.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *left;
  PyObject *right;
} Pair;

#define SET_BORROWED(object, field, value) (((Pair *)(object))->field = (PyObject *)(value))
#define SET_OWNED(object, field, value) \
  do {                                  \
    Py_INCREF(value);                   \
    SET_BORROWED(object, field, value); \
  } while (0)

static PyObject *pair_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *left, *right;
  if (!PyArg_ParseTuple(args, "OO", &left, &right)) {
    return NULL;
  }
  PyObject *self = type->tp_alloc(type, 0);
  if (self != NULL) {
    SET_BORROWED(self, left, left);  // expect: stored-borrowed-reference
    SET_OWNED(self, right, right);
  }
  return self;
}

static void pair_dealloc(PyObject *object) {
  Pair *self = (Pair *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->right);
  type->tp_free(object);
  Py_DECREF(type);
}

static Py_hash_t pair_hash(PyObject *op) {
  Pair *self = (Pair *)op;
  Py_hash_t left = PyObject_Hash(self->left);
  return left == -1 ? -1 : left ^ PyObject_Hash(self->right);
}

static PyType_Slot pair_slots[] = {
    {Py_tp_new, pair_new},
    {Py_tp_dealloc, pair_dealloc},
    {Py_tp_hash, pair_hash},
    {0, NULL},
};

static PyType_Spec pair_spec = {
    .name = "macro.Pair",
    .basicsize = sizeof(Pair),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = pair_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&pair_spec);
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
    .m_name = "stored_borrowed_reference_macro",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_macro(void) {
  return PyModuleDef_Init(&definition);
}

// One word that all compute alike is cached with relaxed atomics; a pointer with an exchange.
#include <Python.h>
#include <stdlib.h>

typedef struct {
  PyObject_HEAD
  PyObject *name;
  Py_hash_t hash;
  char *folded;
} Symbol;

static PyObject *symbol_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *name;
  if (!PyArg_ParseTuple(args, "S:Symbol", &name)) {
    return NULL;
  }
  Symbol *self = (Symbol *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->name = Py_NewRef(name);
    self->hash = -1;
  }
  return (PyObject *)self;
}

static void symbol_dealloc(PyObject *op) {
  Symbol *self = (Symbol *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->name);
  free(self->folded);
  type->tp_free(op);
  Py_DECREF(type);
}

static Py_hash_t symbol_hash(PyObject *op) {
  Symbol *self = (Symbol *)op;
  Py_hash_t hash = __atomic_load_n(&self->hash, __ATOMIC_RELAXED);
  if (hash == -1) {
    hash = PyObject_Hash(self->name);
    __atomic_store_n(&self->hash, hash, __ATOMIC_RELAXED);
  }
  return hash;
}

static char *fold(const char *name, size_t size) {
  char *folded = malloc(size + 1);
  for (size_t i = 0; folded != NULL && i <= size; i++) {
    folded[i] = Py_TOLOWER(name[i]);
  }
  return folded;
}

static const char *folded_name(Symbol *self) {
  char *folded = __atomic_load_n(&self->folded, __ATOMIC_ACQUIRE);
  if (folded == NULL) {
    char *fresh = fold(PyBytes_AS_STRING(self->name), (size_t)PyBytes_GET_SIZE(self->name));
    if (fresh == NULL) {
      return NULL;
    }
    if (__atomic_compare_exchange_n(&self->folded, &folded, fresh, 0, __ATOMIC_ACQ_REL,
                                    __ATOMIC_ACQUIRE)) {
      folded = fresh;
    } else {
      free(fresh);
    }
  }
  return folded;
}

static PyObject *symbol_lower(Symbol *self, PyObject *unused) {
  const char *folded = folded_name(self);
  return folded != NULL ? PyBytes_FromString(folded) : PyErr_NoMemory();
}

static PyMethodDef symbol_methods[] = {
    {"lower", (PyCFunction)symbol_lower, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot symbol_slots[] = {
    {Py_tp_new, symbol_new},
    {Py_tp_dealloc, symbol_dealloc},
    {Py_tp_hash, symbol_hash},
    {Py_tp_methods, symbol_methods},
    {0, NULL},
};

static PyType_Spec symbol_spec = {
    .name = "atomic.Symbol",
    .basicsize = sizeof(Symbol),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = symbol_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&symbol_spec);
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
    .m_name = "lazily_cached_field_atomic_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_atomic_good(void) {
  return PyModuleDef_Init(&definition);
}

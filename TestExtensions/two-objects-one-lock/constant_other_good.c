// What is read of the other object is constant, or the argument is an object of another type.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  long offset;
  long uses;
} Key;

typedef struct {
  PyObject_HEAD
  long state;
} Cipher;

static PyTypeObject Key_Type;

static PyObject *key_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  long offset;
  if (!PyArg_ParseTuple(args, "l:Key", &offset)) {
    return NULL;
  }
  Key *self = (Key *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->offset = offset;
  }
  return (PyObject *)self;
}

static PyObject *cipher_apply(Cipher *self, PyObject *arg) {
  if (!PyObject_TypeCheck(arg, &Key_Type)) {
    PyErr_SetString(PyExc_TypeError, "a key");
    return NULL;
  }
  const Key *key = (Key *)arg;
  long state;
  Py_BEGIN_CRITICAL_SECTION(self);
  self->state = self->state * 31 + key->offset;  // written by tp_new only
  state = self->state;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLong(state);
}

static void key_used(Key *key) {
  Py_BEGIN_CRITICAL_SECTION(key);
  key->uses++;
  Py_END_CRITICAL_SECTION();
}

static PyObject *cipher_adopt(Cipher *self, PyObject *arg) {
  if (!PyObject_TypeCheck(arg, &Key_Type)) {
    PyErr_SetString(PyExc_TypeError, "a key");
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  self->state = ((Key *)arg)->offset;
  Py_END_CRITICAL_SECTION();
  key_used((Key *)arg);
  Py_RETURN_NONE;
}

static PyObject *key_get_uses(Key *self, void *closure) {
  long uses;
  Py_BEGIN_CRITICAL_SECTION(self);
  uses = self->uses;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLong(uses);
}

static PyGetSetDef key_getset[] = {
    {"uses", (getter)key_get_uses, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyMethodDef cipher_methods[] = {
    {"apply", (PyCFunction)cipher_apply, METH_O, NULL},
    {"adopt", (PyCFunction)cipher_adopt, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Key_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "constant_other.Key",
    .tp_basicsize = sizeof(Key),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = key_new,
    .tp_getset = key_getset,
};

static PyTypeObject Cipher_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "constant_other.Cipher",
    .tp_basicsize = sizeof(Cipher),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = cipher_methods,
    .tp_new = PyType_GenericNew,
};

static int module_exec(PyObject *module) {
  if (PyModule_AddType(module, &Key_Type) < 0) {
    return -1;
  }
  if (PyModule_AddType(module, &Cipher_Type) < 0) {
    return -1;
  }
  return 0;
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
    .m_name = "two_objects_one_lock_constant_other_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_two_objects_one_lock_constant_other_good(void) {
  return PyModuleDef_Init(&module_def);
}

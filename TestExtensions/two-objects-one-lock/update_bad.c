// update copies out of the other object's memory, which that one may resize meanwhile.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  Py_ssize_t used;
  long *values;
} Numbers;

static PyTypeObject Numbers_Type;

static int reserve_lock_held(Numbers *self, Py_ssize_t count) {
  long *values = PyMem_Realloc(self->values, (size_t)(count + 1) * sizeof(long));
  if (values == NULL) {
    return -1;
  }
  self->values = values;
  return 0;
}

static void numbers_dealloc(PyObject *op) {
  Numbers *self = (Numbers *)op;
  PyMem_Free(self->values);
  Py_TYPE(op)->tp_free(op);
}

static PyObject *numbers_append(Numbers *self, PyObject *arg) {
  long value = PyLong_AsLong(arg);
  int result;
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  result = reserve_lock_held(self, self->used + 1);
  if (result == 0) {
    self->values[self->used++] = value;
  }
  Py_END_CRITICAL_SECTION();
  return result < 0 ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

static PyObject *numbers_update(PyObject *op, PyObject *arg) {
  if (!Py_IS_TYPE(arg, &Numbers_Type)) {
    PyErr_SetString(PyExc_TypeError, "numbers");
    return NULL;
  }
  Numbers *self = (Numbers *)op;
  Numbers *source = (Numbers *)arg;
  int result;
  Py_BEGIN_CRITICAL_SECTION(op);
  Py_ssize_t more = source->used;  // expect: two-objects-one-lock
  result = reserve_lock_held(self, self->used + more);
  if (result == 0) {
    memcpy(self->values + self->used, source->values, (size_t)more * sizeof(long));
    self->used += more;
  }
  Py_END_CRITICAL_SECTION();
  return result < 0 ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

static Py_ssize_t numbers_length(PyObject *op) {
  Py_ssize_t length;
  Py_BEGIN_CRITICAL_SECTION(op);
  length = ((Numbers *)op)->used;
  Py_END_CRITICAL_SECTION();
  return length;
}

static PyMethodDef numbers_methods[] = {
    {"append", (PyCFunction)numbers_append, METH_O, NULL},
    {"update", (PyCFunction)numbers_update, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PySequenceMethods numbers_as_sequence = {
    .sq_length = numbers_length,
};

static PyTypeObject Numbers_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "update.Numbers",
    .tp_basicsize = sizeof(Numbers),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = numbers_dealloc,
    .tp_methods = numbers_methods,
    .tp_as_sequence = &numbers_as_sequence,
    .tp_new = PyType_GenericNew,
};

static int module_exec(PyObject *module) {
  return PyModule_AddType(module, &Numbers_Type);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "two_objects_one_lock_update_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_two_objects_one_lock_update_bad(void) {
  return PyModuleDef_Init(&module_def);
}

// The sum reads the other object's field in a section on the first only.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  long count;
} Tally;

static PyTypeObject Tally_Type;

static PyObject *tally_add(Tally *self, PyObject *other) {
  if (!PyObject_TypeCheck(other, &Tally_Type)) {
    PyErr_SetString(PyExc_TypeError, "a tally");
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(self);
  self->count += ((Tally *)other)->count;  // expect: two-objects-one-lock
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *tally_step(Tally *self, PyObject *unused) {
  Py_BEGIN_CRITICAL_SECTION(self);
  self->count++;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *tally_get(Tally *self, PyObject *unused) {
  long count;
  Py_BEGIN_CRITICAL_SECTION(self);
  count = self->count;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLong(count);
}

static PyMethodDef tally_methods[] = {
    {"add", (PyCFunction)tally_add, METH_O, NULL},
    {"step", (PyCFunction)tally_step, METH_NOARGS, NULL},
    {"get", (PyCFunction)tally_get, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Tally_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "bad.Tally",
    .tp_basicsize = sizeof(Tally),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = tally_methods,
    .tp_new = PyType_GenericNew,
};

static int module_exec(PyObject *module) {
  return PyModule_AddType(module, &Tally_Type);
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
    .m_name = "two_objects_one_lock_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_two_objects_one_lock_bad(void) {
  return PyModuleDef_Init(&module_def);
}

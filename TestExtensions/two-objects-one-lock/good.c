// Both objects are locked, in the order that Py_BEGIN_CRITICAL_SECTION2 chooses.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#ifndef Py_BEGIN_CRITICAL_SECTION2  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION2(a, b) {
#define Py_END_CRITICAL_SECTION2() }
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
  Py_BEGIN_CRITICAL_SECTION2(self, other);
  self->count += ((Tally *)other)->count;
  Py_END_CRITICAL_SECTION2();
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
    .tp_name = "good.Tally",
    .tp_basicsize = sizeof(Tally),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = tally_methods,
    .tp_new = PyType_GenericNew,
};

static int add_types(PyObject *module) {
  return PyModule_AddType(module, &Tally_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "two_objects_one_lock_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_two_objects_one_lock_good(void) {
  return PyModuleDef_Init(&moduledef);
}

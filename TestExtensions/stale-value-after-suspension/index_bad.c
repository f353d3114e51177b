// The index is of the time before the comparison, which is arbitrary code; the ring may have been emptied.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#define SLOTS 32

typedef struct {
  PyObject_HEAD
  int head;
  long long keys[SLOTS];
} Ring;

static PyObject *ring_push(PyObject *op, PyObject *number) {
  Ring *self = (Ring *)op;
  long long key = PyLong_AsLongLong(number);
  if (key == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  if (self->head < SLOTS) {
    self->keys[self->head++] = key;
  }
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *ring_clear(PyObject *op, PyObject *unused) {
  Ring *self = (Ring *)op;
  Py_BEGIN_CRITICAL_SECTION(op);
  self->head = 0;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *ring_pop_if(PyObject *op, PyObject *predicate) {
  Ring *self = (Ring *)op;
  PyObject *result = NULL;
  Py_BEGIN_CRITICAL_SECTION(op);
  int last = self->head - 1;  // expect: stale-value-after-suspension
  if (last >= 0) {
    PyObject *answer = PyObject_CallFunction(predicate, "L", self->keys[last]);
    if (answer == Py_True) {
      self->head = last;
      result = PyLong_FromLongLong(self->keys[last]);
    }
    Py_XDECREF(answer);
  }
  Py_END_CRITICAL_SECTION();
  return result != NULL || PyErr_Occurred() ? result : Py_NewRef(Py_None);
}

static PyMethodDef ring_methods[] = {
    {"push", ring_push, METH_O, NULL},
    {"clear", ring_clear, METH_NOARGS, NULL},
    {"pop_if", ring_pop_if, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot ring_slots[] = {
    {Py_tp_methods, ring_methods},
    {0, NULL},
};

static PyType_Spec ring_spec = {
    .name = "index_bad.Ring",
    .basicsize = sizeof(Ring),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = ring_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&ring_spec);
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
    .m_name = "stale_value_after_suspension_index_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stale_value_after_suspension_index_bad(void) {
  return PyModuleDef_Init(&definition);
}

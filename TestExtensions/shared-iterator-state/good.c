// The step from one number to the next is in a section on the iterator.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  long stop;
  long step;
  long next;
} Steps;

static PyObject *steps_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  long stop, step = 1;
  if (!PyArg_ParseTuple(args, "l|l:Steps", &stop, &step)) {
    return NULL;
  }
  Steps *self = (Steps *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->stop = stop;
    self->step = step > 0 ? step : 1;
  }
  return (PyObject *)self;
}

static void steps_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *steps_iternext(PyObject *op) {
  Steps *self = (Steps *)op;
  PyObject *value = NULL;
  Py_BEGIN_CRITICAL_SECTION(op);
  if (self->next < self->stop) {
    value = PyLong_FromLong(self->next);
    self->next += self->step;
  }
  Py_END_CRITICAL_SECTION();
  return value;
}

static PyObject *steps_length_hint(Steps *self, PyObject *unused) {
  long next;
  Py_BEGIN_CRITICAL_SECTION(self);
  next = self->next;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLong(self->stop > next ? (self->stop - next) / self->step : 0);
}

static PyMethodDef steps_methods[] = {
    {"__length_hint__", (PyCFunction)steps_length_hint, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot steps_slots[] = {
    {Py_tp_new, steps_new},
    {Py_tp_dealloc, steps_dealloc},
    {Py_tp_iter, PyObject_SelfIter},
    {Py_tp_iternext, steps_iternext},
    {Py_tp_methods, steps_methods},
    {0, NULL},
};

static PyType_Spec steps_spec = {
    .name = "good.Steps",
    .basicsize = sizeof(Steps),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = steps_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&steps_spec);
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
    .m_name = "shared_iterator_state_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_iterator_state_good(void) {
  return PyModuleDef_Init(&definition);
}

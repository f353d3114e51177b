// Each helper locks for itself; between the two the door can be taken by another thread.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  int reserved;  // expect: check-then-act
  int number;
} Seat;

static int seat_is_reserved(Seat *self) {
  int reserved;
  Py_BEGIN_CRITICAL_SECTION(self);
  reserved = self->reserved;
  Py_END_CRITICAL_SECTION();
  return reserved;
}

static void seat_mark(Seat *self, int who) {
  Py_BEGIN_CRITICAL_SECTION(self);
  self->reserved = who;
  Py_END_CRITICAL_SECTION();
}

static void seat_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *seat_reserve(Seat *self, PyObject *arg) {
  long who = PyLong_AsLong(arg);
  if (who == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (seat_is_reserved(self)) {
    PyErr_Format(PyExc_RuntimeError, "seat %d is taken", self->number);
    return NULL;
  }
  seat_mark(self, (int)who);
  Py_RETURN_NONE;
}

static PyObject *seat_release(Seat *self, PyObject *unused) {
  seat_mark(self, 0);
  Py_RETURN_NONE;
}

static PyObject *seat_holder(Seat *self, PyObject *unused) {
  return PyLong_FromLong(seat_is_reserved(self));
}

static PyMethodDef seat_methods[] = {
    {"reserve", (PyCFunction)seat_reserve, METH_O, NULL},
    {"release", (PyCFunction)seat_release, METH_NOARGS, NULL},
    {"holder", (PyCFunction)seat_holder, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot seat_slots[] = {
    {Py_tp_dealloc, seat_dealloc},
    {Py_tp_methods, seat_methods},
    {0, NULL},
};

static PyType_Spec seat_spec = {
    .name = "halves.Seat",
    .basicsize = sizeof(Seat),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = seat_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&seat_spec);
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
    .m_name = "check_then_act_halves_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_check_then_act_halves_bad(void) {
  return PyModuleDef_Init(&definition);
}

// New names of the types, and a base: bool that the number slots of the type look at.
#include <Python.h>
#include <structmember.h>

#ifndef Py_T_BOOL  // before 3.12
#define Py_T_BOOL T_BOOL
#define Py_T_LONGLONG T_LONGLONG
#define Py_READONLY READONLY
#endif

typedef struct {
  PyObject_HEAD
  char wrap;  // expect: exposed-member
  long long modulus;
} Modular;

static PyTypeObject Modular_Type;

static PyMemberDef modular_members[] = {
    {"wrap", Py_T_BOOL, offsetof(Modular, wrap), 0, PyDoc_STR("wrap around, or fail")},
    {"modulus", Py_T_LONGLONG, offsetof(Modular, modulus), Py_READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyObject *modular_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  long long modulus;
  if (!PyArg_ParseTuple(args, "L:Modular", &modulus)) {
    return NULL;
  }
  Modular *self = (Modular *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->modulus = modulus > 0 ? modulus : 1;
    self->wrap = 1;
  }
  return (PyObject *)self;
}

static PyObject *modular_remainder(PyObject *left, PyObject *right) {
  if (!PyObject_TypeCheck(right, &Modular_Type)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  const Modular *self = (Modular *)right;
  long long value = PyLong_AsLongLong(left);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (!self->wrap && (value < 0 || value >= self->modulus)) {
    PyErr_SetString(PyExc_OverflowError, "out of the modulus");
    return NULL;
  }
  return PyLong_FromLongLong((value % self->modulus + self->modulus) % self->modulus);
}

static PyNumberMethods modular_as_number = {
    .nb_remainder = modular_remainder,
};

static PyTypeObject Modular_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "flag.Modular",
    .tp_basicsize = sizeof(Modular),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = modular_new,
    .tp_members = modular_members,
    .tp_as_number = &modular_as_number,
};

static int add_types(PyObject *module) {
  return PyModule_AddType(module, &Modular_Type);
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
    .m_name = "exposed_member_flag_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_exposed_member_flag_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

// Two single sections, one in the other: to wait for the inner suspends the outer.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  double level;
} Tank;

static PyTypeObject Tank_Type;

static PyObject *tank_pour(PyObject *op, PyObject *into) {
  if (!PyObject_TypeCheck(into, &Tank_Type)) {
    PyErr_SetString(PyExc_TypeError, "a tank");
    return NULL;
  }
  Tank *from = (Tank *)op;
  Tank *to = (Tank *)into;
  Py_BEGIN_CRITICAL_SECTION(from);
  Py_BEGIN_CRITICAL_SECTION(to);  // expect: nested-critical-sections
  to->level += from->level;
  from->level = 0.0;
  Py_END_CRITICAL_SECTION();
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *tank_fill(PyObject *op, PyObject *arg) {
  double amount = PyFloat_AsDouble(arg);
  if (amount == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  ((Tank *)op)->level += amount;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyMethodDef tank_methods[] = {
    {"pour", (PyCFunction)tank_pour, METH_O, NULL},
    {"fill", (PyCFunction)tank_fill, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Tank_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "nested.Tank",
    .tp_basicsize = sizeof(Tank),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = tank_methods,
    .tp_new = PyType_GenericNew,
};

static int module_exec(PyObject *module) {
  return PyModule_AddType(module, &Tank_Type);
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
    .m_name = "two_objects_one_lock_nested_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_two_objects_one_lock_nested_bad(void) {
  return PyModuleDef_Init(&module_def);
}

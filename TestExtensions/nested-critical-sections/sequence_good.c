// One section after the other, and two that are needed one at a time.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#define Py_BEGIN_CRITICAL_SECTION2(one, two) {
#define Py_END_CRITICAL_SECTION2() }
#endif

typedef struct {
  PyObject_HEAD
  long long count;
} Bag;

static long long bag_take_all(PyObject *op) {
  long long taken;
  Py_BEGIN_CRITICAL_SECTION(op);
  taken = ((Bag *)op)->count;
  ((Bag *)op)->count = 0;
  Py_END_CRITICAL_SECTION();
  return taken;
}

static PyObject *bag_put(PyObject *op, PyObject *number) {
  long long count = PyLong_AsLongLong(number);
  if (count == -1 && PyErr_Occurred()) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  ((Bag *)op)->count += count;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *bag_pour(PyObject *op, PyObject *args) {
  PyObject *source;
  if (!PyArg_ParseTuple(args, "O!", Py_TYPE(op), &source)) {
    return NULL;
  }
  long long taken = bag_take_all(source);
  Py_BEGIN_CRITICAL_SECTION(op);
  ((Bag *)op)->count += taken;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLongLong(taken);
}

static PyObject *bag_equal(PyObject *op, PyObject *args) {
  PyObject *other;
  int equal;
  if (!PyArg_ParseTuple(args, "O!", Py_TYPE(op), &other)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION2(op, other);
  equal = ((Bag *)op)->count == ((Bag *)other)->count;
  Py_END_CRITICAL_SECTION2();
  return PyBool_FromLong(equal);
}

static PyMethodDef bag_methods[] = {
    {"put", bag_put, METH_O, NULL},
    {"pour", bag_pour, METH_VARARGS, NULL},
    {"equal", bag_equal, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot bag_slots[] = {
    {Py_tp_methods, bag_methods},
    {0, NULL},
};

static PyType_Spec bag_spec = {
    .name = "sequence_good.Bag",
    .basicsize = sizeof(Bag),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = bag_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&bag_spec);
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
    .m_name = "nested_critical_sections_sequence_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_nested_critical_sections_sequence_good(void) {
  return PyModuleDef_Init(&definition);
}

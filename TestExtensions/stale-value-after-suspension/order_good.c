// All calls of Python come before the fields are read.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  double *cells;
  Py_ssize_t used;
} Row;

static void row_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(((Row *)op)->cells);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *row_resize(PyObject *op, PyObject *number) {
  Row *self = (Row *)op;
  Py_ssize_t used = PyNumber_AsSsize_t(number, PyExc_OverflowError);
  if (used < 0) {
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
  }
  int failed = 0;
  Py_BEGIN_CRITICAL_SECTION(op);
  double *cells = PyMem_Realloc(self->cells, (used + 1) * sizeof(double));
  if (cells == NULL) {
    failed = 1;
  } else {
    for (Py_ssize_t i = self->used; i < used; i++) {
      cells[i] = 0;
    }
    self->cells = cells;
    self->used = used;
  }
  Py_END_CRITICAL_SECTION();
  return failed ? PyErr_NoMemory() : Py_NewRef(Py_None);
}

static PyObject *row_set(PyObject *op, PyObject *args) {
  Row *self = (Row *)op;
  PyObject *index, *number;
  if (!PyArg_ParseTuple(args, "OO", &index, &number)) {
    return NULL;
  }
  int failed = 1;
  Py_BEGIN_CRITICAL_SECTION(op);
  Py_ssize_t at = PyNumber_AsSsize_t(index, PyExc_IndexError);
  double value = PyFloat_AsDouble(number);
  if (!PyErr_Occurred()) {
    double *cells = self->cells;
    if (at < 0 || at >= self->used) {
      PyErr_SetString(PyExc_IndexError, "no such cell");
    } else {
      cells[at] = value;
      failed = 0;
    }
  }
  Py_END_CRITICAL_SECTION();
  return failed ? NULL : Py_NewRef(Py_None);
}

static PyMethodDef row_methods[] = {
    {"resize", row_resize, METH_O, NULL},
    {"set", row_set, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot row_slots[] = {
    {Py_tp_dealloc, row_dealloc},
    {Py_tp_methods, row_methods},
    {0, NULL},
};

static PyType_Spec row_spec = {
    .name = "order_good.Row",
    .basicsize = sizeof(Row),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = row_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&row_spec);
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
    .m_name = "stale_value_after_suspension_order_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stale_value_after_suspension_order_good(void) {
  return PyModuleDef_Init(&definition);
}

// The scratch list is reused when a macro of the package takes it for unused.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#define UNUSED(object) (Py_REFCNT(object) < 2)

typedef struct {
  PyObject_HEAD
  PyObject *scratch;
} Splitter;

static void splitter_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(((Splitter *)op)->scratch);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *splitter_take(Splitter *self) {
  PyObject *list;
  if (self->scratch != NULL && UNUSED(self->scratch)) {  // expect: refcount-is-one
    list = Py_NewRef(self->scratch);
    if (PyList_SetSlice(list, 0, PyList_GET_SIZE(list), NULL) < 0) {
      Py_CLEAR(list);
    }
    return list;
  }
  list = PyList_New(0);
  if (list != NULL) {
    Py_XSETREF(self->scratch, Py_NewRef(list));
  }
  return list;
}

static PyObject *splitter_digits(PyObject *op, PyObject *number) {
  unsigned long value = PyLong_AsUnsignedLong(number);
  if (PyErr_Occurred()) {
    return NULL;
  }
  PyObject *list;
  Py_BEGIN_CRITICAL_SECTION(op);
  list = splitter_take((Splitter *)op);
  Py_END_CRITICAL_SECTION();
  for (; list != NULL && value != 0; value /= 10) {
    PyObject *digit = PyLong_FromUnsignedLong(value % 10);
    if (digit == NULL || PyList_Append(list, digit) < 0) {
      Py_CLEAR(list);
    }
    Py_XDECREF(digit);
  }
  return list;
}

static PyMethodDef splitter_methods[] = {
    {"digits", splitter_digits, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot splitter_slots[] = {
    {Py_tp_dealloc, splitter_dealloc},
    {Py_tp_methods, splitter_methods},
    {0, NULL},
};

static PyType_Spec splitter_spec = {
    .name = "macro_bad.Splitter",
    .basicsize = sizeof(Splitter),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = splitter_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&splitter_spec);
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
    .m_name = "refcount_is_one_macro_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_refcount_is_one_macro_bad(void) {
  return PyModuleDef_Init(&definition);
}

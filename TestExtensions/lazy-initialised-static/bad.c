// A type that is looked up when it is first needed. Two threads can both find the cache empty.
#include <Python.h>

static PyObject *decimal_type;  // expect: lazy-initialised-static

static PyObject *to_decimal(PyObject *module, PyObject *text) {
  if (decimal_type == NULL) {
    PyObject *decimal = PyImport_ImportModule("decimal");
    if (decimal == NULL) {
      return NULL;
    }
    decimal_type = PyObject_GetAttrString(decimal, "Decimal");
    Py_DECREF(decimal);
    if (decimal_type == NULL) {
      return NULL;
    }
  }
  return PyObject_CallOneArg(decimal_type, text);
}

static PyObject *separators(PyObject *module, PyObject *unused) {
  static PyObject *pair;  // expect: lazy-initialised-static
  if (!pair) {
    pair = Py_BuildValue("(ss)", ", ", ": ");
  }
  return Py_XNewRef(pair);
}

static PyMethodDef methods[] = {
    {"to_decimal", to_decimal, METH_O, NULL},
    {"separators", separators, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazy_initialised_static_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_bad(void) {
  return PyModuleDef_Init(&definition);
}

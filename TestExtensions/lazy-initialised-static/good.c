// The module of bad.c; both caches are filled before anybody can call the module.
#include <Python.h>

static PyObject *decimal_type;
static PyObject *pair;

static int exec_module(PyObject *module) {
  PyObject *decimal = PyImport_ImportModule("decimal");
  if (decimal == NULL) {
    return -1;
  }
  decimal_type = PyObject_GetAttrString(decimal, "Decimal");
  Py_DECREF(decimal);
  if (decimal_type == NULL) {
    return -1;
  }
  pair = Py_BuildValue("(ss)", ", ", ": ");
  return pair == NULL ? -1 : 0;
}

static PyObject *to_decimal(PyObject *module, PyObject *text) {
  return PyObject_CallOneArg(decimal_type, text);
}

static PyObject *separators(PyObject *module, PyObject *unused) {
  return Py_NewRef(pair);
}

static PyMethodDef methods[] = {
    {"to_decimal", to_decimal, METH_O, NULL},
    {"separators", separators, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazy_initialised_static_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_good(void) {
  return PyModuleDef_Init(&definition);
}

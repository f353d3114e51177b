// The C API of the module: a table that is complete before its address goes into a capsule.
#include <Python.h>

static void *api[2];

static double twice(double value) {
  return 2 * value;
}

static double half(double value) {
  return value / 2;
}

static int exec_module(PyObject *module) {
  api[0] = (void *)twice;
  api[1] = (void *)half;
  PyObject *capsule = PyCapsule_New(api, "capsule._api", NULL);
  if (capsule == NULL) {
    return -1;
  }
  int failed = PyModule_AddObjectRef(module, "_api", capsule);
  Py_DECREF(capsule);
  return failed;
}

static PyObject *apply(PyObject *module, PyObject *args) {
  double value;
  int index;
  if (!PyArg_ParseTuple(args, "di", &value, &index)) {
    return NULL;
  }
  return PyFloat_FromDouble(((double (*)(double))api[index & 1])(value));
}

static PyMethodDef methods[] = {
    {"apply", apply, METH_VARARGS, NULL},
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
    .m_name = "mutable_static_table_capsule_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_capsule_good(void) {
  return PyModuleDef_Init(&definition);
}

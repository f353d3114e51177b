// The create function declares; the machinery overwrites that with what the slots say.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition;

static PyObject *create(PyObject *spec, PyModuleDef *unused) {
  PyObject *name = PyObject_GetAttrString(spec, "name");
  if (name == NULL) {
    return NULL;
  }
  PyObject *module = PyModule_NewObject(name);
  Py_DECREF(name);
#ifdef Py_GIL_DISABLED
  if (module != NULL) {
    PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);  // expect: gil-declaration-ineffective
  }
#endif
  return module;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_create, create},
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_ineffective_create_slot",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_ineffective_create_slot(void) {
  return PyModuleDef_Init(&definition);
}

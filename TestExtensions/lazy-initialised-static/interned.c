// An interned string is the same object for everybody and never dies, so the race is noise: low.
#include <Python.h>

static PyObject *get_name(PyObject *module, PyObject *object) {
  static PyObject *name;  // expect: lazy-initialised-static
  if (name == NULL) {
    name = PyUnicode_InternFromString("__name__");
    if (name == NULL) {
      return NULL;
    }
  }
  return PyObject_GetAttr(object, name);
}

static PyMethodDef methods[] = {
    {"get_name", get_name, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazy_initialised_static_interned",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_interned(void) {
  return PyModuleDef_Init(&definition);
}

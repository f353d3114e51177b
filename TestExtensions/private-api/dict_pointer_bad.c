// The pointer to the dict of an instance is asked for with a private function; its layout is another there.
#include <Python.h>

static PyObject *has_dict(PyObject *module, PyObject *object) {
  PyObject **place = _PyObject_GetDictPtr(object);  // expect: private-api
  return PyBool_FromLong(place != NULL);
}

static PyMethodDef methods[] = {
    {"has_dict", has_dict, METH_O, NULL},
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
    .m_name = "private_api_dict_pointer_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_private_api_dict_pointer_bad(void) {
  return PyModuleDef_Init(&definition);
}

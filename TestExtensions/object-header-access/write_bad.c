// The type of a living object is replaced by a store, and a macro reads the size.
#include <Python.h>

#define SIZE_OF(object) (((PyVarObject *)(object))->ob_size)

static PyObject *adopt(PyObject *module, PyObject *args) {
  PyObject *object, *type;
  if (!PyArg_ParseTuple(args, "OO!", &object, &PyType_Type, &type)) {
    return NULL;
  }
  PyTypeObject *old = Py_TYPE(object);
  if (!PyType_IsSubtype((PyTypeObject *)type, old)) {
    PyErr_SetString(PyExc_TypeError, "no subtype");
    return NULL;
  }
  Py_INCREF(type);
  object->ob_type = (PyTypeObject *)type;  // expect: object-header-access
  Py_DECREF(old);
  Py_RETURN_NONE;
}

static PyObject *is_empty(PyObject *module, PyObject *object) {
  if (!PyBytes_Check(object) && !PyTuple_Check(object)) {
    PyErr_SetString(PyExc_TypeError, "bytes or a tuple");
    return NULL;
  }
  return PyBool_FromLong(SIZE_OF(object) == 0);  // expect: object-header-access
}

static PyMethodDef methods[] = {
    {"adopt", adopt, METH_VARARGS, NULL},
    {"is_empty", is_empty, METH_O, NULL},
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
    .m_name = "object_header_access_write_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_object_header_access_write_bad(void) {
  return PyModuleDef_Init(&definition);
}

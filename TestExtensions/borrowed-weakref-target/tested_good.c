// The question is only whether the object is still there, or whether it is this one.
#include <Python.h>

static PyObject *is_alive(PyObject *module, PyObject *ref) {
  if (!PyWeakref_Check(ref)) {
    Py_RETURN_NONE;
  }
  return PyBool_FromLong(PyWeakref_GET_OBJECT(ref) != Py_None);
}

static PyObject *refers_to(PyObject *module, PyObject *args) {
  PyObject *ref, *wanted;
  if (!PyArg_ParseTuple(args, "OO", &ref, &wanted)) {
    return NULL;
  }
  PyObject *object = PyWeakref_GetObject(ref);
  if (object == NULL) {
    return NULL;
  }
  return PyBool_FromLong(object == wanted);
}

static PyMethodDef methods[] = {
    {"is_alive", is_alive, METH_O, NULL},
    {"refers_to", refers_to, METH_VARARGS, NULL},
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
    .m_name = "borrowed_weakref_target_tested_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_weakref_target_tested_good(void) {
  return PyModuleDef_Init(&definition);
}

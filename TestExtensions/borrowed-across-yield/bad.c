// The section covers the borrow, but the call into Python can suspend it: another thread may then
// remove the value that is used afterwards.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *update(PyObject *module, PyObject *args) {
  PyObject *mapping, *key, *function, *result = NULL;
  if (!PyArg_ParseTuple(args, "O!OO", &PyDict_Type, &mapping, &key, &function)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(mapping);
  PyObject *value = PyDict_GetItemWithError(mapping, key);  // expect: borrowed-across-yield
  if (value != NULL) {
    PyObject *answer = PyObject_CallOneArg(function, key);
    if (answer != NULL) {
      result = PyTuple_Pack(2, value, answer);
      Py_DECREF(answer);
    }
  }
  Py_END_CRITICAL_SECTION();
  return result != NULL || PyErr_Occurred() ? result : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"update", update, METH_VARARGS, NULL},
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
    .m_name = "borrowed_across_yield_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_bad(void) {
  return PyModuleDef_Init(&definition);
}

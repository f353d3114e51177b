// The reference is taken under another name and is as good for this one. In the other function the
// yield comes before the borrow.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *apply(PyObject *module, PyObject *args) {
  PyObject *list, *function, *result = NULL;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &function)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  PyObject *item = PyList_GetItem(list, 0);
  PyObject *held = Py_XNewRef(item);
  if (held != NULL) {
    result = PyObject_CallOneArg(function, item);
    if (result == item) {
      Py_SETREF(result, PyUnicode_FromString("same"));
    }
    Py_DECREF(held);
  }
  Py_END_CRITICAL_SECTION();
  return result;
}

static PyObject *refresh(PyObject *module, PyObject *args) {
  PyObject *list, *function, *item = NULL;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &function)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  PyObject *done = PyObject_CallNoArgs(function);
  if (done != NULL) {
    Py_DECREF(done);
    item = Py_XNewRef(PyList_GetItem(list, 0));
  }
  Py_END_CRITICAL_SECTION();
  return item;
}

static PyMethodDef methods[] = {
    {"apply", apply, METH_VARARGS, NULL},
    {"refresh", refresh, METH_VARARGS, NULL},
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
    .m_name = "borrowed_across_yield_alias_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_alias_good(void) {
  return PyModuleDef_Init(&definition);
}

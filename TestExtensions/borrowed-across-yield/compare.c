// A comparison in a locked loop runs the '__eq__' of an item that nobody holds.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *index_of(PyObject *module, PyObject *args) {
  PyObject *list, *wanted;
  Py_ssize_t found = -1;
  int failed = 0;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &wanted)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list) && found < 0 && !failed; i++) {
    PyObject *item = PyList_GET_ITEM(list, i);  // expect: borrowed-across-yield
    int equal = PyObject_RichCompareBool(item, wanted, Py_EQ);
    failed = equal < 0;
    if (equal > 0) {
      found = i;
    }
  }
  Py_END_CRITICAL_SECTION();
  return failed ? NULL : PyLong_FromSsize_t(found);
}

static PyMethodDef methods[] = {
    {"index_of", index_of, METH_VARARGS, NULL},
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
    .m_name = "borrowed_across_yield_compare",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_compare(void) {
  return PyModuleDef_Init(&definition);
}

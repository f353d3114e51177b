// That the call runs Python code is seen two functions further.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static int report(PyObject *logger, PyObject *message) {
  PyObject *answer = PyObject_CallOneArg(logger, message);
  Py_XDECREF(answer);
  return answer == NULL ? -1 : 0;
}

static int log_access(PyObject *logger, Py_ssize_t index) {
  PyObject *message = PyUnicode_FromFormat("item %zd", index);
  int result = message == NULL ? -1 : report(logger, message);
  Py_XDECREF(message);
  return result;
}

static PyObject *first(PyObject *module, PyObject *args) {
  PyObject *list, *logger, *item;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &logger)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  item = PyList_GetItem(list, 0);  // expect: borrowed-across-yield
  if (item != NULL && log_access(logger, 0) < 0) {
    item = NULL;
  }
  Py_XINCREF(item);
  Py_END_CRITICAL_SECTION();
  return item;
}

static PyMethodDef methods[] = {
    {"first", first, METH_VARARGS, NULL},
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
    .m_name = "borrowed_across_yield_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_helper(void) {
  return PyModuleDef_Init(&definition);
}

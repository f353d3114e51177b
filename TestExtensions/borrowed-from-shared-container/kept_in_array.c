// The lock is held while the items are collected; they are used after it, from memory of C.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *texts(PyObject *module, PyObject *args) {
  PyObject *list, **items = NULL;
  Py_ssize_t count;
  if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &list)) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  count = PyList_GET_SIZE(list);
  items = PyMem_New(PyObject *, count + 1);
  for (Py_ssize_t i = 0; items != NULL && i < count; i++) {
    // expect-missing: borrowed-from-shared-container  memory of C is not followed past the section
    items[i] = PyList_GET_ITEM(list, i);
  }
  Py_END_CRITICAL_SECTION();
  if (items == NULL) {
    return PyErr_NoMemory();
  }
  PyObject *result = PyList_New(0);
  for (Py_ssize_t i = 0; result != NULL && i < count; i++) {
    PyObject *text = PyObject_Str(items[i]);
    if (text == NULL || PyList_Append(result, text) < 0) {
      Py_CLEAR(result);
    }
    Py_XDECREF(text);
  }
  PyMem_Free(items);
  return result;
}

static PyMethodDef methods[] = {
    {"texts", texts, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    // expect-missing: declared-safe-but-hazardous  the hazard is not found
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "borrowed_from_shared_container_kept_in_array",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_kept_in_array(void) {
  return PyModuleDef_Init(&definition);
}

// The module of bad.c; 'qsort_r' hands the function to the comparator.
#include <Python.h>
#include <stdlib.h>

static int compare(const void *left, const void *right, void *function) {
  PyObject *a = *(PyObject *const *)left, *b = *(PyObject *const *)right;
  PyObject *result = PyObject_CallFunctionObjArgs((PyObject *)function, a, b, NULL);
  if (result == NULL) {
    PyErr_WriteUnraisable((PyObject *)function);
    return 0;
  }
  long order = PyLong_AsLong(result);
  Py_DECREF(result);
  return order < 0 ? -1 : order > 0;
}

static PyObject *sort(PyObject *module, PyObject *args) {
  PyObject *list, *function;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &function)) {
    return NULL;
  }
  PyObject *items = PyList_AsTuple(list);
  if (items == NULL) {
    return NULL;
  }
  Py_ssize_t count = PyTuple_Size(items);
  PyObject **array = PyMem_Calloc(count + 1, sizeof(PyObject *));
  if (array == NULL) {
    Py_DECREF(items);
    return PyErr_NoMemory();
  }
  for (Py_ssize_t i = 0; i < count; i++) {
    array[i] = PyTuple_GetItem(items, i);
  }
  qsort_r(array, count, sizeof(PyObject *), compare, function);
  PyObject *result = PyTuple_New(count);
  for (Py_ssize_t i = 0; result != NULL && i < count; i++) {
    PyTuple_SetItem(result, i, Py_NewRef(array[i]));
  }
  PyMem_Free(array);
  Py_DECREF(items);
  return result;
}

static PyMethodDef methods[] = {
    {"sort", sort, METH_VARARGS, NULL},
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
    .m_name = "smuggled_callback_context_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_good(void) {
  return PyModuleDef_Init(&definition);
}

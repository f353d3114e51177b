// The list goes to Python code in an array of arguments; the callee can keep it.
#include <Python.h>

static PyObject *span(PyObject *module, PyObject *adjust) {
  PyObject *bounds = Py_BuildValue("[ii]", 0, 100);
  if (bounds == NULL) {
    return NULL;
  }
  PyObject *args[] = {NULL, bounds};
  PyObject *answer =
      PyObject_Vectorcall(adjust, args + 1, 1 | PY_VECTORCALL_ARGUMENTS_OFFSET, NULL);
  if (answer == NULL) {
    Py_DECREF(bounds);
    return NULL;
  }
  Py_DECREF(answer);
  // expect-missing: borrowed-from-shared-container  what an array of arguments hands on is not seen
  PyObject *upper = PyList_GetItem(bounds, 1);
  PyObject *result = upper == NULL ? NULL : PyNumber_Long(upper);
  Py_DECREF(bounds);
  return result;
}

static PyMethodDef methods[] = {
    {"span", span, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_published_vectorcall",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_published_vectorcall(void) {
  return PyModuleDef_Init(&definition);
}

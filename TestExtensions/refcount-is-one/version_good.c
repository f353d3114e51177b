// The count decides only in versions that have the GIL and no better question.
#include <Python.h>

static int uniquely_referenced(PyObject *object) {
#if PY_VERSION_HEX >= 0x030E0000
  return PyUnstable_Object_IsUniquelyReferenced(object);
#elif defined(Py_GIL_DISABLED)
  (void)object;
  return 0;
#else
  return Py_REFCNT(object) == 1;
#endif
}

static PyObject *interleave(PyObject *module, PyObject *args) {
  PyObject *result = NULL;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(args); i++) {
    PyObject *part = PySequence_List(PyTuple_GET_ITEM(args, i));
    if (part == NULL) {
      Py_XDECREF(result);
      return NULL;
    }
    if (result == NULL) {
      result = part;
      continue;
    }
    PyObject *sum = uniquely_referenced(result) ? PySequence_InPlaceConcat(result, part)
                                                : PySequence_Concat(result, part);
    Py_DECREF(part);
    Py_SETREF(result, sum);
    if (result == NULL) {
      return NULL;
    }
  }
  return result != NULL ? result : PyList_New(0);
}

static PyMethodDef methods[] = {
    {"interleave", interleave, METH_VARARGS, NULL},
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
    .m_name = "refcount_is_one_version_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_refcount_is_one_version_good(void) {
  return PyModuleDef_Init(&definition);
}

// The error path leaves early; what was borrowed is used on the other.
#include <Python.h>

static PyObject *render(PyObject *module, PyObject *context) {
  PyObject *result = NULL;
  PyObject *title = NULL;
  if (!PyDict_Check(context)) {
    PyErr_SetString(PyExc_TypeError, "a dict");
    goto done;
  }
  title = PyDict_GetItemString(context, "title");  // expect: borrowed-from-shared-container
  if (title == NULL) {
    goto missing;
  }
  if (!PyUnicode_Check(title)) {
    goto done;
  }
  result = PyUnicode_FromFormat("<h1>%U</h1>", title);
  goto done;
missing:
  PyErr_SetString(PyExc_KeyError, "title");
done:
  return result;
}

static PyMethodDef methods[] = {
    {"render", render, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_goto_cleanup",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_goto_cleanup(void) {
  return PyModuleDef_Init(&definition);
}

// One branch copies the caller's list, the other makes its own; both are private at the borrow.
#include <Python.h>

static PyObject *longest(PyObject *module, PyObject *source) {
  PyObject *lines;
  if (PyUnicode_Check(source)) {
    lines = PyUnicode_Splitlines(source, 0);
  } else {
    lines = PySequence_List(source);
  }
  if (lines == NULL) {
    return NULL;
  }
  PyObject *best = NULL;
  Py_ssize_t best_length = -1;
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(lines); i++) {
    PyObject *line = PyList_GET_ITEM(lines, i);
    Py_ssize_t length = PyUnicode_Check(line) ? PyUnicode_GET_LENGTH(line) : -1;
    if (length > best_length) {
      best = line;
      best_length = length;
    }
  }
  Py_XINCREF(best);
  Py_DECREF(lines);
  return best != NULL ? best : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"longest", longest, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_branches_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_branches_good(void) {
  return PyModuleDef_Init(&definition);
}

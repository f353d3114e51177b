// What is published is published after the last use of the borrowed reference.
#include <Python.h>

static PyObject *sessions;

static int exec_module(PyObject *module) {
  sessions = PyDict_New();
  return sessions == NULL ? -1 : 0;
}

static PyObject *open_session(PyObject *module, PyObject *name) {
  PyObject *log = Py_BuildValue("[O]", name);
  if (log == NULL) {
    return NULL;
  }
  PyObject *result = PyObject_Str(PyList_GET_ITEM(log, 0));
  if (result != NULL && PyDict_SetItem(sessions, name, log) < 0) {
    Py_CLEAR(result);
  }
  Py_DECREF(log);
  return result;
}

static PyObject *fields(PyObject *module, PyObject *line) {
  PyObject *parts = PyUnicode_Split(line, NULL, -1);
  if (parts == NULL) {
    return NULL;
  }
  if (PyList_GET_SIZE(parts) > 0 && PyUnicode_GET_LENGTH(PyList_GET_ITEM(parts, 0)) > 80) {
    PyErr_SetString(PyExc_ValueError, "the name is too long");
    Py_DECREF(parts);
    return NULL;
  }
  return parts;
}

static PyMethodDef methods[] = {
    {"open_session", open_session, METH_O, NULL},
    {"fields", fields, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "borrowed_from_shared_container_published_late_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_published_late_good(void) {
  return PyModuleDef_Init(&definition);
}

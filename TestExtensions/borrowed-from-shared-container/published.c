// The lists are this function's own only until they are stored where others find them.
#include <Python.h>

static PyObject *sessions;

static int exec_module(PyObject *module) {
  sessions = PyDict_New();
  return sessions == NULL ? -1 : 0;
}

static PyObject *open_session(PyObject *module, PyObject *name) {
  PyObject *log = Py_BuildValue("[O]", name);
  if (log == NULL || PyDict_SetItem(sessions, name, log) < 0) {
    Py_XDECREF(log);
    return NULL;
  }
  PyObject *entry = PyList_GetItem(log, 0);  // expect: borrowed-from-shared-container
  PyObject *result = entry == NULL ? NULL : PyObject_Str(entry);
  Py_DECREF(log);
  return result;
}

static PyObject *notify(PyObject *module, PyObject *callback) {
  PyObject *events = Py_BuildValue("[s]", "start");
  if (events == NULL) {
    return NULL;
  }
  PyObject *answer = PyObject_CallOneArg(callback, events);
  Py_XDECREF(answer);
  PyObject *first = PyList_GetItem(events, 0);  // expect: borrowed-from-shared-container
  Py_XINCREF(first);
  Py_DECREF(events);
  return first;
}

static PyMethodDef methods[] = {
    {"open_session", open_session, METH_O, NULL},
    {"notify", notify, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "borrowed_from_shared_container_published",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_published(void) {
  return PyModuleDef_Init(&definition);
}

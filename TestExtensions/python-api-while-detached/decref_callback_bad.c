// What the library hands back is dropped in a function for the end of its work, still detached.
#include <Python.h>
#include <stdlib.h>

typedef struct {
  void *owner;
  void (*release)(void *owner);
  int left;
} Request;

static void release_owner(void *owner) {
  Py_DECREF((PyObject *)owner);  // expect: python-api-while-detached
}

static void request_finish(Request *request) {
  while (request->left > 0) {
    request->left--;
  }
  release_owner(request->owner);
}

static PyObject *submit(PyObject *module, PyObject *owner) {
  Request request = {Py_NewRef(owner), NULL, 1000};
  PyThreadState *state = PyEval_SaveThread();
  request_finish(&request);
  PyEval_RestoreThread(state);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"submit", submit, METH_O, NULL},
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
    .m_name = "python_api_while_detached_decref_callback_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_decref_callback_bad(void) {
  return PyModuleDef_Init(&definition);
}

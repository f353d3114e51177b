// The module of bad.c; threads are detached while they wait, and the one that imports attaches.
#include <Python.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static PyObject *json;

static void import_json(void) {
  PyGILState_STATE state = PyGILState_Ensure();
  json = PyImport_ImportModule("json");
  if (json == NULL) {
    PyErr_Clear();
  }
  PyGILState_Release(state);
}

static PyObject *dumps(PyObject *module, PyObject *object) {
  Py_BEGIN_ALLOW_THREADS
  pthread_once(&once, import_json);
  Py_END_ALLOW_THREADS
  if (json == NULL) {
    PyErr_SetString(PyExc_ImportError, "no module 'json'");
    return NULL;
  }
  return PyObject_CallMethod(json, "dumps", "O", object);
}

static PyMethodDef methods[] = {
    {"dumps", dumps, METH_O, NULL},
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
    .m_name = "magic_static_deadlock_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_good(void) {
  return PyModuleDef_Init(&definition);
}

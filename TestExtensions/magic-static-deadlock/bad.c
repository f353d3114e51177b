// An import inside 'pthread_once'. The thread that imports can wait for one that waits for it,
// attached, in 'pthread_once'. A static variable that C++ initialises on first use does the
// same: see cxx.cpp.
#include <Python.h>
#include <pthread.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;  // expect: magic-static-deadlock
static PyObject *json;

static void import_json(void) {
  json = PyImport_ImportModule("json");
}

static PyObject *dumps(PyObject *module, PyObject *object) {
  pthread_once(&once, import_json);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "magic_static_deadlock_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_bad(void) {
  return PyModuleDef_Init(&definition);
}

// A handler is called by a thread that is attached and holds the pthread mutex of the table.
#include <Python.h>
#include <pthread.h>

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static PyObject *handlers;

static int exec_module(PyObject *module) {
  handlers = PyDict_New();
  return handlers == NULL ? -1 : 0;
}

static PyObject *install(PyObject *module, PyObject *args) {
  PyObject *name, *handler;
  if (!PyArg_ParseTuple(args, "UO", &name, &handler)) {
    return NULL;
  }
  if (PyDict_SetItem(handlers, name, handler) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *dispatch(PyObject *module, PyObject *name) {
  PyObject *result = NULL;
  pthread_mutex_lock(&table_lock);  // expect: lock-held-across-python
  PyObject *handler = PyObject_GetItem(handlers, name);
  if (handler != NULL) {
    result = PyObject_CallNoArgs(handler);
    Py_DECREF(handler);
  }
  pthread_mutex_unlock(&table_lock);
  return result;
}

static PyMethodDef methods[] = {
    {"install", install, METH_VARARGS, NULL},
    {"dispatch", dispatch, METH_O, NULL},
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
    .m_name = "lock_held_across_python_pthread_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_pthread_bad(void) {
  return PyModuleDef_Init(&definition);
}

// Whoever touches the registry holds its mutex, and takes a reference before it lets go.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static PyObject *registry;

static int exec_module(PyObject *module) {
  registry = PyDict_New();
  return registry == NULL ? -1 : 0;
}

static PyObject *set_handler(PyObject *module, PyObject *args) {
  PyObject *name, *handler;
  if (!PyArg_ParseTuple(args, "UO", &name, &handler)) {
    return NULL;
  }
  if (!PyUnicode_CheckExact(name)) {  // no '__eq__' of its own, which could come back here
    PyErr_SetString(PyExc_TypeError, "a plain string");
    return NULL;
  }
  PyMutex_Lock(&lock);
  int result = PyDict_SetItem(registry, name, handler);
  PyMutex_Unlock(&lock);
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *handle(PyObject *module, PyObject *name) {
  PyMutex_Lock(&lock);
  PyObject *handler = Py_XNewRef(PyDict_GetItemWithError(registry, name));
  PyMutex_Unlock(&lock);
  if (handler == NULL) {
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
  }
  PyObject *result = PyObject_CallOneArg(handler, name);
  Py_DECREF(handler);
  return result;
}

static PyMethodDef methods[] = {
    {"set_handler", set_handler, METH_VARARGS, NULL},
    {"handle", handle, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_mutex_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_mutex_good(void) {
  return PyModuleDef_Init(&definition);
}

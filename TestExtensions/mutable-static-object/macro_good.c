// The lock stands behind macros, which do nothing where there is a GIL.
#include <Python.h>

#ifdef Py_GIL_DISABLED
static PyMutex lock;
#define ACQUIRE(l) PyMutex_Lock(&(l))
#define RELEASE(l) PyMutex_Unlock(&(l))
#else
#define ACQUIRE(l)
#define RELEASE(l)
#endif

static PyObject *on_open;

static PyObject *set_on_open(PyObject *module, PyObject *value) {
  Py_INCREF(value);
  ACQUIRE(lock);
  PyObject *old = on_open;
  on_open = value;
  RELEASE(lock);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *get_on_open(PyObject *module, PyObject *unused) {
  ACQUIRE(lock);
  PyObject *value = Py_XNewRef(on_open);
  RELEASE(lock);
  return value != NULL ? value : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"set_on_open", set_on_open, METH_O, NULL},
    {"get_on_open", get_on_open, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_object_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_macro_good(void) {
  return PyModuleDef_Init(&definition);
}

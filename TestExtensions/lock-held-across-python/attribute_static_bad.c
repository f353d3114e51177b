// A static PyMutex is held while names of another module are imported: that module may import this one.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex import_lock;
static PyObject *decimal_type;

static PyObject *get_decimal(void) {
  PyMutex_Lock(&import_lock);  // expect: lock-held-across-python
  if (decimal_type == NULL) {
    PyObject *module = PyImport_ImportModule("decimal");
    if (module != NULL) {
      decimal_type = PyObject_GetAttrString(module, "Decimal");
      Py_DECREF(module);
    }
  }
  PyObject *type = Py_XNewRef(decimal_type);
  PyMutex_Unlock(&import_lock);
  return type;
}

static PyObject *to_decimal(PyObject *module, PyObject *value) {
  PyObject *type = get_decimal();
  if (type == NULL) {
    return NULL;
  }
  PyObject *result = PyObject_CallOneArg(type, value);
  Py_DECREF(type);
  return result;
}

static PyMethodDef methods[] = {
    {"to_decimal", to_decimal, METH_O, NULL},
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
    .m_name = "lock_held_across_python_attribute_static_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_attribute_static_bad(void) {
  return PyModuleDef_Init(&definition);
}

// All hold the mutex that is in the object.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  PyObject *value;
} Slot;

static void slot_dealloc(PyObject *object) {
  Slot *self = (Slot *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->value);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *slot_swap(PyObject *op, PyObject *value) {
  Slot *self = (Slot *)op;
  Py_INCREF(value);
  PyMutex_Lock(&self->lock);
  PyObject *old = self->value;
  self->value = value;
  PyMutex_Unlock(&self->lock);
  return old != NULL ? old : Py_NewRef(Py_None);
}

static PyObject *slot_get(PyObject *op, PyObject *unused) {
  Slot *self = (Slot *)op;
  PyMutex_Lock(&self->lock);
  PyObject *value = self->value != NULL ? self->value : Py_None;
  Py_INCREF(value);
  PyMutex_Unlock(&self->lock);
  return value;
}

static PyMethodDef slot_methods[] = {
    {"swap", slot_swap, METH_O, NULL},
    {"get", slot_get, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slot_slots[] = {
    {Py_tp_dealloc, slot_dealloc},
    {Py_tp_methods, slot_methods},
    {0, NULL},
};

static PyType_Spec slot_spec = {
    .name = "mutex.Slot",
    .basicsize = sizeof(Slot),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = slot_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&slot_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raw_owned_field_read_mutex_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_mutex_good(void) {
  return PyModuleDef_Init(&definition);
}

// The writer holds the mutex in the object, the reader the critical section: two different locks.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  PyObject *value;  // expect: raw-owned-field-read
} Slot;

static void slot_dealloc(PyObject *object) {
  Slot *self = (Slot *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->value);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *slot_put(PyObject *op, PyObject *value) {
  Slot *self = (Slot *)op;
  Py_INCREF(value);
  PyMutex_Lock(&self->lock);
  PyObject *old = self->value;
  self->value = value;
  PyMutex_Unlock(&self->lock);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *slot_get(PyObject *op, PyObject *unused) {
  Slot *self = (Slot *)op;
  PyObject *value;
  Py_BEGIN_CRITICAL_SECTION(self);
  value = Py_XNewRef(self->value);
  Py_END_CRITICAL_SECTION();
  return value != NULL ? value : Py_NewRef(Py_None);
}

static PyMethodDef slot_methods[] = {
    {"put", slot_put, METH_O, NULL},
    {"get", slot_get, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot slot_slots[] = {
    {Py_tp_dealloc, slot_dealloc},
    {Py_tp_methods, slot_methods},
    {0, NULL},
};

static PyType_Spec slot_spec = {
    .name = "other_lock.Slot",
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raw_owned_field_read_other_lock",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_other_lock(void) {
  return PyModuleDef_Init(&definition);
}

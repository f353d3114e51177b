// One static mutex for all objects of the type, taken through functions that are empty elsewhere.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  unsigned int next_id;
  unsigned int issued;
} Registry;

static PyMutex registry_mutex = {0};

static inline void enter_registry(void) {
  PyMutex_Lock(&registry_mutex);
}

static inline void leave_registry(void) {
  PyMutex_Unlock(&registry_mutex);
}

static void registry_dealloc(PyObject *op) {
  Py_TYPE(op)->tp_free(op);
}

static PyObject *registry_issue(Registry *self, PyObject *unused) {
  enter_registry();
  unsigned int id = self->next_id++;
  self->issued++;
  leave_registry();
  return PyLong_FromUnsignedLong(id);
}

static PyObject *registry_reserve(Registry *self, PyObject *arg) {
  unsigned long count = PyLong_AsUnsignedLong(arg);
  if (count == (unsigned long)-1 && PyErr_Occurred()) {
    return NULL;
  }
  enter_registry();
  unsigned int first = self->next_id;
  self->next_id += (unsigned int)count;
  leave_registry();
  return PyLong_FromUnsignedLong(first);
}

static Py_ssize_t registry_length(PyObject *op) {
  enter_registry();
  Py_ssize_t length = ((Registry *)op)->issued;
  leave_registry();
  return length;
}

static PyMethodDef registry_methods[] = {
    {"issue", (PyCFunction)registry_issue, METH_NOARGS, NULL},
    {"reserve", (PyCFunction)registry_reserve, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PySequenceMethods registry_as_sequence = {
    .sq_length = registry_length,
};

static PyTypeObject Registry_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "static_mutex.Registry",
    .tp_basicsize = sizeof(Registry),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = registry_dealloc,
    .tp_methods = registry_methods,
    .tp_as_sequence = &registry_as_sequence,
    .tp_new = PyType_GenericNew,
};

static int module_exec(PyObject *module) {
  return PyModule_AddType(module, &Registry_Type);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_static_mutex_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_static_mutex_good(void) {
  return PyModuleDef_Init(&module_def);
}

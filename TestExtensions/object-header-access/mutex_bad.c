// The lock in the header of objects is the interpreter's: sections on the object would wait for it.
#include <Python.h>

#ifdef Py_GIL_DISABLED
#define LOCK(object) PyMutex_Lock(&((PyObject *)(object))->ob_mutex)
#define UNLOCK(object) PyMutex_Unlock(&((PyObject *)(object))->ob_mutex)
#else
#define LOCK(object) ((void)(object))
#define UNLOCK(object) ((void)(object))
#endif

typedef struct {
  PyObject_HEAD
  long steps;
} Walker;

static PyObject *walker_step(PyObject *op, PyObject *unused) {
  Walker *self = (Walker *)op;
  LOCK(self);  // expect: object-header-access
  long steps = ++self->steps;
  UNLOCK(self);
  return PyLong_FromLong(steps);
}

static PyMethodDef walker_methods[] = {
    {"step", walker_step, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot walker_slots[] = {
    {Py_tp_methods, walker_methods},
    {0, NULL},
};

static PyType_Spec walker_spec = {
    .name = "mutex_bad.Walker",
    .basicsize = sizeof(Walker),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = walker_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&walker_spec);
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
    .m_name = "object_header_access_mutex_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_object_header_access_mutex_bad(void) {
  return PyModuleDef_Init(&definition);
}

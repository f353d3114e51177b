// Rich comparison: a helper reads the second object, in the mutex of the first.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  long major;
  long minor;
} Version;

static PyTypeObject Version_Type;

static int compare_lock_held(const Version *self, const Version *other) {
  if (self->major != other->major) {  // expect: two-objects-one-lock
    return self->major < other->major ? -1 : 1;
  }
  return (self->minor > other->minor) - (self->minor < other->minor);
}

static PyObject *version_richcompare(PyObject *left, PyObject *right, int op) {
  if (!PyObject_TypeCheck(left, &Version_Type) || !PyObject_TypeCheck(right, &Version_Type)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  Version *self = (Version *)left;
  Version *other = (Version *)right;
  PyMutex_Lock(&self->mutex);
  int order = compare_lock_held(self, other);
  PyMutex_Unlock(&self->mutex);
  Py_RETURN_RICHCOMPARE(order, 0, op);
}

static PyObject *version_bump(Version *self, PyObject *unused) {
  PyMutex_Lock(&self->mutex);
  self->major += 1;
  self->minor = 0;
  PyMutex_Unlock(&self->mutex);
  Py_RETURN_NONE;
}

static PyObject *version_patch(Version *self, PyObject *unused) {
  PyMutex_Lock(&self->mutex);
  self->minor += 1;
  PyMutex_Unlock(&self->mutex);
  Py_RETURN_NONE;
}

static PyMethodDef version_methods[] = {
    {"bump", (PyCFunction)version_bump, METH_NOARGS, NULL},
    {"patch", (PyCFunction)version_patch, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Version_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "compare.Version",
    .tp_basicsize = sizeof(Version),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_richcompare = version_richcompare,
    .tp_methods = version_methods,
    .tp_new = PyType_GenericNew,
};

static int add_types(PyObject *module) {
  return PyModule_AddType(module, &Version_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "two_objects_one_lock_compare_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_two_objects_one_lock_compare_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

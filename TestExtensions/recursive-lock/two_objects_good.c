// Two objects have two mutexes, and a lock that was given back can be taken again.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex lock;
  long level;
} Tank;

static long tank_take(Tank *self, long amount) {
  PyMutex_Lock(&self->lock);
  long taken = amount < self->level ? amount : self->level;
  self->level -= taken;
  PyMutex_Unlock(&self->lock);
  return taken;
}

static PyObject *tank_fill(PyObject *op, PyObject *args) {
  Tank *self = (Tank *)op;
  long amount;
  PyObject *source = NULL;
  if (!PyArg_ParseTuple(args, "l|O!", &amount, Py_TYPE(op), &source)) {
    return NULL;
  }
  if (source == op) {
    Py_RETURN_NONE;
  }
  PyMutex_Lock(&self->lock);
  long missing = amount - self->level;
  PyMutex_Unlock(&self->lock);
  if (source != NULL && missing > 0) {
    missing = tank_take((Tank *)source, missing);
  }
  PyMutex_Lock(&self->lock);
  self->level += missing;
  PyMutex_Unlock(&self->lock);
  Py_RETURN_NONE;
}

static PyObject *tank_level(PyObject *op, PyObject *unused) {
  Tank *self = (Tank *)op;
  PyMutex_Lock(&self->lock);
  long level = self->level;
  PyMutex_Unlock(&self->lock);
  return PyLong_FromLong(level);
}

static PyMethodDef tank_methods[] = {
    {"fill", tank_fill, METH_VARARGS, NULL},
    {"level", tank_level, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot tank_slots[] = {
    {Py_tp_methods, tank_methods},
    {0, NULL},
};

static PyType_Spec tank_spec = {
    .name = "two_objects_good.Tank",
    .basicsize = sizeof(Tank),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = tank_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&tank_spec);
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
    .m_name = "recursive_lock_two_objects_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_recursive_lock_two_objects_good(void) {
  return PyModuleDef_Init(&definition);
}

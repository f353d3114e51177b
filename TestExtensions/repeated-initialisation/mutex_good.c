// __init__ sets both numbers in the mutex of the object, as the method does that uses them.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  long limit;
  long used;
} Budget;

static int budget_init(PyObject *op, PyObject *args, PyObject *kwargs) {
  long limit = 10;
  if (!PyArg_ParseTuple(args, "|l:Budget", &limit)) {
    return -1;
  }
  Budget *self = (Budget *)op;
  PyMutex_Lock(&self->mutex);
  self->limit = limit;
  self->used = 0;
  PyMutex_Unlock(&self->mutex);
  return 0;
}

static void budget_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *budget_use(Budget *self, PyObject *arg) {
  long amount = PyLong_AsLong(arg);
  if (amount == -1 && PyErr_Occurred()) {
    return NULL;
  }
  PyMutex_Lock(&self->mutex);
  int fits = self->used + amount <= self->limit;
  if (fits) {
    self->used += amount;
  }
  PyMutex_Unlock(&self->mutex);
  return PyBool_FromLong(fits);
}

static PyMethodDef budget_methods[] = {
    {"use", (PyCFunction)budget_use, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot budget_slots[] = {
    {Py_tp_init, budget_init},
    {Py_tp_dealloc, budget_dealloc},
    {Py_tp_methods, budget_methods},
    {0, NULL},
};

static PyType_Spec budget_spec = {
    .name = "mutex.Budget",
    .basicsize = sizeof(Budget),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = budget_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&budget_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
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
    .m_name = "repeated_initialisation_mutex_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_repeated_initialisation_mutex_good(void) {
  return PyModuleDef_Init(&module_def);
}

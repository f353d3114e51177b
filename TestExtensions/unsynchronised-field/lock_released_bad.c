// The mutex is let go after the read; the sum is written back without it.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  double total;  // expect: unsynchronised-field
  double weight;
} Mean;

static void mean_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *mean_add(Mean *self, PyObject *arg) {
  double value = PyFloat_AsDouble(arg), total;
  if (value == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  PyMutex_Lock(&self->mutex);
  total = self->total;
  PyMutex_Unlock(&self->mutex);
  self->total = total + value;
  Py_RETURN_NONE;
}

static PyObject *mean_rescale(Mean *self, PyObject *arg) {
  double factor = PyFloat_AsDouble(arg);
  if (factor == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  PyMutex_Lock(&self->mutex);
  self->total *= factor;
  PyMutex_Unlock(&self->mutex);
  Py_RETURN_NONE;
}

static PyObject *mean_float(PyObject *op) {
  Mean *self = (Mean *)op;
  PyMutex_Lock(&self->mutex);
  double total = self->total;
  PyMutex_Unlock(&self->mutex);
  return PyFloat_FromDouble(total);
}

static PyMethodDef mean_methods[] = {
    {"add", (PyCFunction)mean_add, METH_O, NULL},
    {"rescale", (PyCFunction)mean_rescale, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot mean_slots[] = {
    {Py_tp_dealloc, mean_dealloc},
    {Py_tp_methods, mean_methods},
    {Py_nb_float, mean_float},
    {0, NULL},
};

static PyType_Spec mean_spec = {
    .name = "lock_released.Mean",
    .basicsize = sizeof(Mean),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = mean_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&mean_spec);
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
    .m_name = "unsynchronised_field_lock_released_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_lock_released_bad(void) {
  return PyModuleDef_Init(&definition);
}

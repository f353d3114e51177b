// Single values, each of them atomic on all sides: C11 in one field, the compiler's in the other.
#include <Python.h>
#include <stdatomic.h>

typedef struct {
  PyObject_HEAD
  _Atomic long level;
  long hits;
} Gauge;

static void gauge_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *gauge_raise(Gauge *self, PyObject *by) {
  long amount = PyLong_AsLong(by);
  if (amount == -1 && PyErr_Occurred()) {
    return NULL;
  }
  __atomic_fetch_add(&self->hits, 1, __ATOMIC_RELAXED);
  return PyLong_FromLong(atomic_fetch_add(&self->level, amount) + amount);
}

static PyObject *gauge_drain(Gauge *self, PyObject *unused) {
  return PyLong_FromLong(atomic_exchange(&self->level, 0));
}

static PyObject *gauge_get_level(Gauge *self, void *closure) {
  return PyLong_FromLong(atomic_load_explicit(&self->level, memory_order_relaxed));
}

static PyObject *gauge_get_hits(Gauge *self, void *closure) {
  return PyLong_FromLong(__atomic_load_n(&self->hits, __ATOMIC_RELAXED));
}

static PyMethodDef gauge_methods[] = {
    {"raise", (PyCFunction)gauge_raise, METH_O, NULL},
    {"drain", (PyCFunction)gauge_drain, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef gauge_getset[] = {
    {"level", (getter)gauge_get_level, NULL, NULL, NULL},
    {"hits", (getter)gauge_get_hits, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot gauge_slots[] = {
    {Py_tp_dealloc, gauge_dealloc},
    {Py_tp_methods, gauge_methods},
    {Py_tp_getset, gauge_getset},
    {0, NULL},
};

static PyType_Spec gauge_spec = {
    .name = "atomics.Gauge",
    .basicsize = sizeof(Gauge),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = gauge_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&gauge_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_atomics_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_atomics_good(void) {
  return PyModuleDef_Init(&moduledef);
}

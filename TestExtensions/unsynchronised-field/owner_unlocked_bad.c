// Objects own the record that a helper changes under their lock; a method reads it without.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  long count;
  long total;
} State;

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  State *state;  // expect: unsynchronised-field
} Tally;

static void state_add(State *state, long value) {
  state->total += value;
  state->count++;
}

static PyObject *tally_add(Tally *self, PyObject *unused) {
  PyMutex_Lock(&self->mutex);
  state_add(self->state, 3);
  PyMutex_Unlock(&self->mutex);
  Py_RETURN_NONE;
}

static PyObject *tally_total(Tally *self, PyObject *unused) {
  return PyLong_FromLong(self->state->total);
}

static void tally_dealloc(PyObject *op) {
  Tally *self = (Tally *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->state);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef tally_methods[] = {
    {"add", (PyCFunction)tally_add, METH_NOARGS, NULL},
    {"total", (PyCFunction)tally_total, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot tally_slots[] = {
    {Py_tp_dealloc, tally_dealloc},
    {Py_tp_methods, tally_methods},
    {0, NULL},
};

static PyType_Spec tally_spec = {
    .name = "unsynchronised_field_owner_unlocked_bad.Tally",
    .basicsize = sizeof(Tally),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = tally_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&tally_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_owner_unlocked_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_owner_unlocked_bad(void) {
  return PyModuleDef_Init(&module_def);
}

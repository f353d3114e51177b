// A fixed array in the object: the elements are replaced through a helper, and read by the slot.
#include <Python.h>

#define WAYS 4

typedef struct {
  PyObject_HEAD
  PyObject *recent[WAYS];  // expect: array-of-objects
} Recent;

static Py_ssize_t slot_of(PyObject *key) {
  return (Py_ssize_t)(((size_t)key >> 4) % WAYS);
}

static void replace(PyObject **place, PyObject *value) {
  PyObject *old = *place;
  *place = Py_NewRef(value);
  Py_XDECREF(old);
}

static int recent_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  for (int i = 0; i < WAYS; i++) {
    Py_VISIT(((Recent *)op)->recent[i]);
  }
  return 0;
}

static int recent_clear(PyObject *op) {
  for (int i = 0; i < WAYS; i++) {
    Py_CLEAR(((Recent *)op)->recent[i]);
  }
  return 0;
}

static void recent_dealloc(PyObject *op) {
  Recent *self = (Recent *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  (void)recent_clear((PyObject *)self);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *recent_seen(Recent *self, PyObject *key) {
  replace(&self->recent[slot_of(key)], key);
  Py_RETURN_NONE;
}

static PyObject *recent_item(PyObject *op, Py_ssize_t index) {
  if (index < 0 || index >= WAYS) {
    PyErr_SetString(PyExc_IndexError, "there are four");
    return NULL;
  }
  PyObject *item = ((Recent *)op)->recent[index];
  return Py_NewRef(item != NULL ? item : Py_None);
}

static PyMethodDef recent_methods[] = {
    {"seen", (PyCFunction)recent_seen, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot recent_slots[] = {
    {Py_tp_traverse, recent_traverse},
    {Py_tp_clear, recent_clear},
    {Py_tp_dealloc, recent_dealloc},
    {Py_tp_methods, recent_methods},
    {Py_sq_item, recent_item},
    {0, NULL},
};

static PyType_Spec recent_spec = {
    .name = "inline.Recent",
    .basicsize = sizeof(Recent),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = recent_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&recent_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "array_of_objects_inline_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_array_of_objects_inline_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

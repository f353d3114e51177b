// The record behind the field is the object's own; what is in it is as shared as the object.
#include <Python.h>

struct clock {
  double rate;
  double now;
};

typedef struct {
  PyObject_HEAD
  struct clock *clock;  // expect: unsynchronised-field
  PyObject *label;
} Timeline;

static PyObject *timeline_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *label;
  double rate = 1.0;
  if (!PyArg_ParseTuple(args, "U|d:Timeline", &label, &rate)) {
    return NULL;
  }
  Timeline *self = (Timeline *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->label = Py_NewRef(label);
  self->clock = PyMem_Calloc(1, sizeof(struct clock));
  if (self->clock == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  self->clock->rate = rate;
  return (PyObject *)self;
}

static void timeline_dealloc(PyObject *op) {
  Timeline *self = (Timeline *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->label);
  PyMem_Free(self->clock);
  type->tp_free(op);
  Py_DECREF(type);
}

static void clock_tick(struct clock *clock, double seconds) {
  clock->now += seconds * clock->rate;
}

static PyObject *timeline_tick(Timeline *self, PyObject *arg) {
  double seconds = PyFloat_AsDouble(arg);
  if (seconds == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  clock_tick(self->clock, seconds);
  Py_RETURN_NONE;
}

static PyObject *timeline_repr(PyObject *op) {
  const struct clock *clock = ((Timeline *)op)->clock;
  PyObject *now = PyFloat_FromDouble(clock->now);
  if (now == NULL) {
    return NULL;
  }
  PyObject *text = PyUnicode_FromFormat("<%U at %R>", ((Timeline *)op)->label, now);
  Py_DECREF(now);
  return text;
}

static PyMethodDef timeline_methods[] = {
    {"tick", (PyCFunction)timeline_tick, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot timeline_slots[] = {
    {Py_tp_new, timeline_new},
    {Py_tp_dealloc, timeline_dealloc},
    {Py_tp_repr, timeline_repr},
    {Py_tp_methods, timeline_methods},
    {0, NULL},
};

static PyType_Spec timeline_spec = {
    .name = "owned_record.Timeline",
    .basicsize = sizeof(Timeline),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = timeline_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&timeline_spec);
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
    .m_name = "unsynchronised_field_owned_record_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_owned_record_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

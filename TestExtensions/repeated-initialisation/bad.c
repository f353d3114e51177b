// __init__ can be called again, on an object that other threads use: a medium finding.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  double gain;  // expect: repeated-initialisation
  int inverted;
} Amplifier;

static int amplifier_init(PyObject *op, PyObject *args, PyObject *kwargs) {
  static char *names[] = {"gain", NULL};
  Amplifier *self = (Amplifier *)op;
  double gain = 1.0;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|d:Amplifier", names, &gain)) {
    return -1;
  }
  self->gain = gain;
  return 0;
}

static void amplifier_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *amplifier_call(PyObject *op, PyObject *args, PyObject *kwargs) {
  double value;
  if (!PyArg_ParseTuple(args, "d", &value)) {
    return NULL;
  }
  return PyFloat_FromDouble(value * ((Amplifier *)op)->gain);
}

static PyObject *amplifier_get_gain(Amplifier *self, void *closure) {
  return PyFloat_FromDouble(self->gain);
}

static PyGetSetDef amplifier_getset[] = {
    {"gain", (getter)amplifier_get_gain, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot amplifier_slots[] = {
    {Py_tp_init, amplifier_init},
    {Py_tp_dealloc, amplifier_dealloc},
    {Py_tp_call, amplifier_call},
    {Py_tp_getset, amplifier_getset},
    {0, NULL},
};

static PyType_Spec amplifier_spec = {
    .name = "bad.Amplifier",
    .basicsize = sizeof(Amplifier),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = amplifier_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&amplifier_spec);
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
    .m_name = "repeated_initialisation_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_repeated_initialisation_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

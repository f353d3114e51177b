// __init__ writes in the section in which the methods read.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  double gain;
  int inverted;
} Amplifier;

static int amplifier_init(PyObject *op, PyObject *args, PyObject *kwargs) {
  static char *names[] = {"gain", NULL};
  Amplifier *self = (Amplifier *)op;
  double gain = 1.0;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|d:Amplifier", names, &gain)) {
    return -1;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  self->gain = gain;
  Py_END_CRITICAL_SECTION();
  return 0;
}

static void amplifier_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static double current_gain(PyObject *op) {
  double gain;
  Py_BEGIN_CRITICAL_SECTION(op);
  gain = ((Amplifier *)op)->gain;
  Py_END_CRITICAL_SECTION();
  return gain;
}

static PyObject *amplifier_call(PyObject *op, PyObject *args, PyObject *kwargs) {
  double value;
  if (!PyArg_ParseTuple(args, "d", &value)) {
    return NULL;
  }
  return PyFloat_FromDouble(value * current_gain(op));
}

static PyObject *amplifier_get_gain(PyObject *op, void *closure) {
  return PyFloat_FromDouble(current_gain(op));
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
    .name = "good.Amplifier",
    .basicsize = sizeof(Amplifier),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = amplifier_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&amplifier_spec);
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
    .m_name = "repeated_initialisation_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_repeated_initialisation_good(void) {
  return PyModuleDef_Init(&definition);
}

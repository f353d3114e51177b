// The state of a generator of random numbers is stepped three helpers below the methods.
#include <Python.h>
#include <stdint.h>

typedef struct {
  PyObject_HEAD
  uint64_t seed;
  uint64_t state;  // expect: unsynchronised-field
} Random;

static uint64_t step(uint64_t *state) {
  uint64_t x = *state;
  x ^= x << 13;
  x ^= x >> 7;
  x ^= x << 17;
  *state = x;
  return x * UINT64_C(0x2545F4914F6CDD1D);
}

static inline uint64_t next_word(Random *self) {
  return step(&self->state);
}

static double next_double(Random *rng) {
  return (double)(next_word(rng) >> 11) * (1.0 / 9007199254740992.0);
}

static PyObject *random_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  unsigned long long seed = 1;
  if (!PyArg_ParseTuple(args, "|K:Random", &seed)) {
    return NULL;
  }
  Random *self = (Random *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->seed = seed;
    self->state = seed | 1;
    (void)next_word(self);
  }
  return (PyObject *)self;
}

static void random_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *random_uniform(PyObject *op, PyObject *args) {
  double low = 0.0, high = 1.0;
  if (!PyArg_ParseTuple(args, "|dd:uniform", &low, &high)) {
    return NULL;
  }
  return PyFloat_FromDouble(low + (high - low) * next_double((Random *)op));
}

static PyObject *random_bits(PyObject *op, PyObject *unused) {
  return PyLong_FromUnsignedLongLong(next_word((Random *)op));
}

static PyObject *random_get_seed(Random *self, void *closure) {
  return PyLong_FromUnsignedLongLong(self->seed);
}

static PyMethodDef random_methods[] = {
    {"uniform", (PyCFunction)random_uniform, METH_VARARGS, NULL},
    {"bits", (PyCFunction)random_bits, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef random_getset[] = {
    {"seed", (getter)random_get_seed, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot random_slots[] = {
    {Py_tp_new, random_new},
    {Py_tp_dealloc, random_dealloc},
    {Py_tp_methods, random_methods},
    {Py_tp_getset, random_getset},
    {0, NULL},
};

static PyType_Spec random_spec = {
    .name = "helper.Random",
    .basicsize = sizeof(Random),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = random_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&random_spec);
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
    .m_name = "unsynchronised_field_helper_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}

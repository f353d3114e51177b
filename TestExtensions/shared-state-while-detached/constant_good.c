// While detached: fields that only tp_new writes, a table of the initialisation, bytes that nobody changes.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

static unsigned table[256];

typedef struct {
  PyObject_HEAD
  unsigned seed;
  int reflected;
} Checksum;

static void fill_table(void) {
  for (unsigned i = 0; i < 256; i++) {
    unsigned value = i;
    for (int bit = 0; bit < 8; bit++) {
      value = value & 1 ? value >> 1 ^ 0xedb88320u : value >> 1;
    }
    table[i] = value;
  }
}

static PyObject *checksum_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  unsigned seed = 0;
  int reflected = 0;
  if (!PyArg_ParseTuple(args, "|Ip", &seed, &reflected)) {
    return NULL;
  }
  Checksum *self = (Checksum *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->seed = seed;
    self->reflected = reflected;
  }
  return (PyObject *)self;
}

static PyObject *checksum_of(PyObject *op, PyObject *data) {
  const Checksum *self = (const Checksum *)op;
  if (!PyBytes_Check(data)) {
    PyErr_SetString(PyExc_TypeError, "bytes");
    return NULL;
  }
  const char *text = PyBytes_AS_STRING(data);
  Py_ssize_t size = PyBytes_GET_SIZE(data);
  unsigned value;
  Py_BEGIN_ALLOW_THREADS
  value = self->seed;
  for (Py_ssize_t i = 0; i < size; i++) {
    value = table[(value ^ (unsigned char)text[i]) & 0xff] ^ value >> 8;
  }
  if (self->reflected) {
    value = ~value;
  }
  Py_END_ALLOW_THREADS
  return PyLong_FromUnsignedLong(value);
}

static PyMethodDef checksum_methods[] = {
    {"of", checksum_of, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot checksum_slots[] = {
    {Py_tp_new, checksum_new},
    {Py_tp_methods, checksum_methods},
    {0, NULL},
};

static PyType_Spec checksum_spec = {
    .name = "constant_good.Checksum",
    .basicsize = sizeof(Checksum),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = checksum_slots,
};

static int exec_both(PyObject *module) {
  fill_table();
  PyObject *type = PyType_FromSpec(&checksum_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_both},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_state_while_detached_constant_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_state_while_detached_constant_good(void) {
  return PyModuleDef_Init(&definition);
}

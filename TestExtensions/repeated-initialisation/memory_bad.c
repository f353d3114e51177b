// A second __init__ frees the kernel under the method that reads it.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  Py_ssize_t taps;
  double *kernel;  // expect: repeated-initialisation
} Filter;

static double *make_kernel(Py_ssize_t taps) {
  double *kernel = PyMem_Malloc((size_t)taps * sizeof(double));
  for (Py_ssize_t i = 0; kernel != NULL && i < taps; i++) {
    kernel[i] = 1.0 / (double)taps;
  }
  return kernel;
}

static int filter_init(Filter *self, PyObject *args, PyObject *kwargs) {
  Py_ssize_t taps;
  if (!PyArg_ParseTuple(args, "n:Filter", &taps)) {
    return -1;
  }
  taps = taps > 0 ? taps : 1;
  double *kernel = make_kernel(taps);
  if (kernel == NULL) {
    PyErr_NoMemory();
    return -1;
  }
  PyMem_Free(self->kernel);
  self->kernel = kernel;
  self->taps = taps;
  return 0;
}

static void filter_dealloc(PyObject *op) {
  Filter *self = (Filter *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->kernel);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *filter_item(PyObject *op, Py_ssize_t index) {
  Filter *self = (Filter *)op;
  if (index < 0 || index >= self->taps) {
    PyErr_SetString(PyExc_IndexError, "no such tap");
    return NULL;
  }
  return PyFloat_FromDouble(self->kernel[index]);
}

static Py_ssize_t filter_length(PyObject *op) {
  return ((Filter *)op)->taps;
}

static PySequenceMethods filter_as_sequence = {
    .sq_length = filter_length,
    .sq_item = filter_item,
};

static PyTypeObject Filter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "memory.Filter",
    .tp_basicsize = sizeof(Filter),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)filter_init,
    .tp_dealloc = filter_dealloc,
    .tp_as_sequence = &filter_as_sequence,
};

static int exec_filter(PyObject *module) {
  return PyModule_AddType(module, &Filter_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_filter},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "repeated_initialisation_memory_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_repeated_initialisation_memory_bad(void) {
  return PyModuleDef_Init(&definition);
}

// The tuple is filled right after it was made; that it lies in the field already is known to __init__
// alone, while no method hands it out.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *limits;
} Range;

static void range_dealloc(PyObject *object) {
  Range *self = (Range *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->limits);
  type->tp_free(object);
  Py_DECREF(type);
}

static int range_init(PyObject *op, PyObject *args, PyObject *kwargs) {
  Range *self = (Range *)op;
  long bounds[3] = {0, 0, 1};
  if (!PyArg_ParseTuple(args, "ll|l", &bounds[0], &bounds[1], &bounds[2])) {
    return -1;
  }
  if (self->limits != NULL) {
    PyErr_SetString(PyExc_TypeError, "already initialised");
    return -1;
  }
  self->limits = PyTuple_New(3);
  if (self->limits == NULL) {
    return -1;
  }
  for (int i = 0; i < 3; i++) {
    PyObject *bound = PyLong_FromLong(bounds[i]);
    if (bound == NULL) {
      return -1;
    }
    PyTuple_SET_ITEM(self->limits, i, bound);
  }
  return 0;
}

static Py_ssize_t range_length(PyObject *op) {
  Range *self = (Range *)op;
  return self->limits == NULL ? 0 : PyTuple_GET_SIZE(self->limits);
}

static PyType_Slot range_slots[] = {
    {Py_tp_init, range_init},
    {Py_tp_dealloc, range_dealloc},
    {Py_sq_length, range_length},
    {0, NULL},
};

static PyType_Spec range_spec = {
    .name = "init.Range",
    .basicsize = sizeof(Range),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = range_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&range_spec);
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
    .m_name = "write_into_published_container_init_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_init_good(void) {
  return PyModuleDef_Init(&definition);
}

// The tuple lies in the field before it is filled. Only a second call of __init__ and a thread that
// has the object already could see it half made, so the finding is not severe.
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
  long start, stop;
  if (!PyArg_ParseTuple(args, "ll", &start, &stop)) {
    return -1;
  }
  if (self->limits != NULL) {
    PyErr_SetString(PyExc_TypeError, "already initialised");
    return -1;
  }
  PyObject *limits = self->limits = PyTuple_New(2);
  if (limits == NULL) {
    return -1;
  }
  PyTuple_SET_ITEM(limits, 0, PyLong_FromLong(start));  // expect: write-into-published-container
  PyTuple_SET_ITEM(limits, 1, PyLong_FromLong(stop));
  return PyErr_Occurred() ? -1 : 0;
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
    .name = "init_local.Range",
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
    .m_name = "write_into_published_container_init_local",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_init_local(void) {
  return PyModuleDef_Init(&definition);
}

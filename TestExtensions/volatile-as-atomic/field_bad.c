// A field of the object tells the loop of another thread to stop; nothing makes the store seen.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  // expect: volatile-as-atomic
  volatile int stop;  // expect: unsynchronised-field
} Job;

static PyObject *job_run(PyObject *op, PyObject *number) {
  Job *self = (Job *)op;
  unsigned long last = PyLong_AsUnsignedLong(number), sum = 0;
  if (PyErr_Occurred()) {
    return NULL;
  }
  for (unsigned long i = 0; i < last && !self->stop; i++) {
    sum += i ^ (sum << 3);
  }
  return PyLong_FromUnsignedLong(sum);
}

static PyObject *job_stop(PyObject *op, PyObject *unused) {
  ((Job *)op)->stop = 1;
  Py_RETURN_NONE;
}

static PyMethodDef job_methods[] = {
    {"run", job_run, METH_O, NULL},
    {"stop", job_stop, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot job_slots[] = {
    {Py_tp_methods, job_methods},
    {0, NULL},
};

static PyType_Spec job_spec = {
    .name = "field_bad.Job",
    .basicsize = sizeof(Job),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = job_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&job_spec);
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
    .m_name = "volatile_as_atomic_field_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_volatile_as_atomic_field_bad(void) {
  return PyModuleDef_Init(&definition);
}

// begin and end are helpers; the flag is a bit in a record of the object, the work is detached.
#include <Python.h>

struct control {
  unsigned int running;
  unsigned int rounds;
};

typedef struct {
  PyObject_HEAD
  struct control *control;  // expect: busy-flag
} Job;

static int control_begin(struct control *control) {
  if (control->running) {
    return -1;
  }
  control->running = 1;
  return 0;
}

static void control_end(struct control *control) {
  control->running = 0;
}

static PyObject *job_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  unsigned int rounds = 1000;
  if (!PyArg_ParseTuple(args, "|I:Job", &rounds)) {
    return NULL;
  }
  Job *self = (Job *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->control = PyMem_Calloc(1, sizeof(struct control));
  if (self->control == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  self->control->rounds = rounds;
  return (PyObject *)self;
}

static void job_dealloc(PyObject *op) {
  Job *self = (Job *)op;
  PyMem_Free(self->control);
  Py_TYPE(op)->tp_free(op);
}

static unsigned long long spin(unsigned int rounds) {
  unsigned long long word = 1;
  while (rounds-- > 0) {
    word = word * 6364136223846793005u + 1442695040888963407u;
  }
  return word;
}

static PyObject *job_run(Job *self, PyObject *unused) {
  if (control_begin(self->control) < 0) {
    PyErr_SetString(PyExc_RuntimeError, "the job is running");
    return NULL;
  }
  unsigned int rounds = self->control->rounds;
  unsigned long long word;
  Py_BEGIN_ALLOW_THREADS
  word = spin(rounds);
  Py_END_ALLOW_THREADS
  control_end(self->control);
  return PyLong_FromUnsignedLongLong(word);
}

static PyMethodDef job_methods[] = {
    {"run", (PyCFunction)job_run, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Job_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "helper.Job",
    .tp_basicsize = sizeof(Job),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = job_new,
    .tp_dealloc = job_dealloc,
    .tp_methods = job_methods,
};

static int module_exec(PyObject *module) {
  return PyModule_AddType(module, &Job_Type);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "busy_flag_helper_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_busy_flag_helper_bad(void) {
  return PyModuleDef_Init(&module_def);
}

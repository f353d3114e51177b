// The lock is taken only when threads were asked for, and given back under the same condition.
#include <Python.h>
#include <pthread.h>

typedef struct {
  PyObject_HEAD
  int threaded;
  pthread_mutex_t mutex;
} Sequence;

static PyObject *sequence_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int threaded = 1;
  if (!PyArg_ParseTuple(args, "|p", &threaded)) {
    return NULL;
  }
  Sequence *self = (Sequence *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->threaded = threaded;
    pthread_mutex_init(&self->mutex, NULL);
  }
  return (PyObject *)self;
}

static void sequence_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  pthread_mutex_destroy(&((Sequence *)op)->mutex);
  type->tp_free(op);
  Py_DECREF(type);
}

static int copy_numbers(Sequence *self, FILE *out, int count) {
  if (self->threaded) {
    pthread_mutex_lock(&self->mutex);
  }
  int put = 0;
  while (put < count && fprintf(out, "%d\n", put) > 0) {
    put++;
  }
  if (self->threaded) {
    pthread_mutex_unlock(&self->mutex);
  }
  return put;
}

static PyObject *sequence_print(PyObject *op, PyObject *args) {
  int count;
  if (!PyArg_ParseTuple(args, "i", &count)) {
    return NULL;
  }
  return PyLong_FromLong(copy_numbers((Sequence *)op, stdout, count));
}

static PyMethodDef sequence_methods[] = {
    {"print", sequence_print, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot sequence_slots[] = {
    {Py_tp_new, sequence_new},
    {Py_tp_dealloc, sequence_dealloc},
    {Py_tp_methods, sequence_methods},
    {0, NULL},
};

static PyType_Spec sequence_spec = {
    .name = "conditional_good.Sequence",
    .basicsize = sizeof(Sequence),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = sequence_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&sequence_spec);
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
    .m_name = "unbalanced_lock_conditional_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_conditional_good(void) {
  return PyModuleDef_Init(&definition);
}

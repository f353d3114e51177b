// The list is a field of an object: the lock of the object is what its methods agree on.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *jobs;
} Queue;

static PyObject *queue_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Queue *self = (Queue *)type->tp_alloc(type, 0);
  if (self != NULL && (self->jobs = PyList_New(0)) == NULL) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void queue_dealloc(PyObject *object) {
  Queue *self = (Queue *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->jobs);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *queue_put(PyObject *op, PyObject *job) {
  Queue *self = (Queue *)op;
  int result;
  Py_BEGIN_CRITICAL_SECTION(self);
  result = PyList_Append(self->jobs, job);
  Py_END_CRITICAL_SECTION();
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *queue_peek(PyObject *op, PyObject *unused) {
  Queue *self = (Queue *)op;
  PyObject *job;
  Py_BEGIN_CRITICAL_SECTION(self);
  job = PyList_GET_SIZE(self->jobs) == 0 ? NULL : PyList_GET_ITEM(self->jobs, 0);
  Py_XINCREF(job);
  Py_END_CRITICAL_SECTION();
  return job != NULL ? job : Py_NewRef(Py_None);
}

static PyMethodDef queue_methods[] = {
    {"put", queue_put, METH_O, NULL},
    {"peek", queue_peek, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot queue_slots[] = {
    {Py_tp_new, queue_new},
    {Py_tp_dealloc, queue_dealloc},
    {Py_tp_methods, queue_methods},
    {0, NULL},
};

static PyType_Spec queue_spec = {
    .name = "owner_field.Queue",
    .basicsize = sizeof(Queue),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = queue_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&queue_spec);
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
    .m_name = "borrowed_from_shared_container_owner_field_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_owner_field_good(void) {
  return PyModuleDef_Init(&definition);
}

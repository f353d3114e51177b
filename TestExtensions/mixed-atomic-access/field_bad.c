// The state is changed by compare and exchange, but the getter and 'reset' use it plainly.
#include <Python.h>

enum { IDLE, RUNNING, DONE };

typedef struct {
  PyObject_HEAD
  // expect: mixed-atomic-access
  int state;  // expect: check-then-act
} Task;

static PyObject *task_start(PyObject *op, PyObject *unused) {
  Task *self = (Task *)op;
  int expected = IDLE;
  if (!__atomic_compare_exchange_n(&self->state, &expected, RUNNING, 0, __ATOMIC_ACQ_REL,
                                   __ATOMIC_ACQUIRE)) {
    PyErr_SetString(PyExc_RuntimeError, "started twice");
    return NULL;
  }
  __atomic_store_n(&self->state, DONE, __ATOMIC_RELEASE);
  Py_RETURN_NONE;
}

static PyObject *task_reset(PyObject *op, PyObject *unused) {
  Task *self = (Task *)op;
  if (self->state == DONE) {
    self->state = IDLE;
  }
  Py_RETURN_NONE;
}

static PyObject *task_done(PyObject *op, PyObject *unused) {
  return PyBool_FromLong(((Task *)op)->state == DONE);
}

static PyMethodDef task_methods[] = {
    {"start", task_start, METH_NOARGS, NULL},
    {"reset", task_reset, METH_NOARGS, NULL},
    {"done", task_done, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot task_slots[] = {
    {Py_tp_methods, task_methods},
    {0, NULL},
};

static PyType_Spec task_spec = {
    .name = "field_bad.Task",
    .basicsize = sizeof(Task),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = task_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&task_spec);
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
    .m_name = "mixed_atomic_access_field_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mixed_atomic_access_field_bad(void) {
  return PyModuleDef_Init(&definition);
}

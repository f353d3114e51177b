// The mutex is let go between the test and the write to make room for a message.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  long quota;  // expect: check-then-act
} Plan;

static void plan_dealloc(PyObject *op) {
  Py_TYPE(op)->tp_free(op);
}

static PyObject *plan_spend(Plan *self, PyObject *arg) {
  long cost = PyLong_AsLong(arg);
  if (cost == -1 && PyErr_Occurred()) {
    return NULL;
  }
  PyMutex_Lock(&self->mutex);
  long left = self->quota;
  PyMutex_Unlock(&self->mutex);
  if (left < cost) {
    PyErr_Format(PyExc_ValueError, "%ld left, %ld wanted", left, cost);
    return NULL;
  }
  PyMutex_Lock(&self->mutex);
  self->quota -= cost;
  PyMutex_Unlock(&self->mutex);
  Py_RETURN_NONE;
}

static PyObject *plan_grant(Plan *self, PyObject *arg) {
  long more = PyLong_AsLong(arg);
  if (more == -1 && PyErr_Occurred()) {
    return NULL;
  }
  PyMutex_Lock(&self->mutex);
  self->quota += more;
  PyMutex_Unlock(&self->mutex);
  Py_RETURN_NONE;
}

static PyMethodDef plan_methods[] = {
    {"spend", (PyCFunction)plan_spend, METH_O, NULL},
    {"grant", (PyCFunction)plan_grant, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Plan_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "lock_gap.Plan",
    .tp_basicsize = sizeof(Plan),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = plan_dealloc,
    .tp_methods = plan_methods,
    .tp_new = PyType_GenericNew,
};

static int exec_module(PyObject *module) {
  return PyModule_AddType(module, &Plan_Type);
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
    .m_name = "check_then_act_lock_gap_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_check_then_act_lock_gap_bad(void) {
  return PyModuleDef_Init(&definition);
}

// What threads tell each other while detached is atomic.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdatomic.h>

typedef struct {
  PyObject_HEAD
  atomic_int cancelled;
  atomic_long done;
} Work;

static PyObject *work_run(PyObject *op, PyObject *number) {
  Work *self = (Work *)op;
  long rounds = PyLong_AsLong(number);
  double x = 1;
  if (rounds < 0) {
    PyErr_SetString(PyExc_ValueError, "not negative");
    return NULL;
  }
  Py_BEGIN_ALLOW_THREADS
  for (long i = 0; i < rounds && !atomic_load(&self->cancelled); i++) {
    x = x / 2 + 1 / x;
    atomic_fetch_add(&self->done, 1);
  }
  Py_END_ALLOW_THREADS
  return PyFloat_FromDouble(x);
}

static PyObject *work_cancel(PyObject *op, PyObject *unused) {
  Work *self = (Work *)op;
  atomic_store(&self->cancelled, 1);
  return PyLong_FromLong(atomic_load(&self->done));
}

static PyMethodDef work_methods[] = {
    {"run", work_run, METH_O, NULL},
    {"cancel", work_cancel, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot work_slots[] = {
    {Py_tp_methods, work_methods},
    {0, NULL},
};

static PyType_Spec work_spec = {
    .name = "atomic_good.Work",
    .basicsize = sizeof(Work),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = work_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&work_spec);
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
    .m_name = "shared_state_while_detached_atomic_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_state_while_detached_atomic_good(void) {
  return PyModuleDef_Init(&definition);
}

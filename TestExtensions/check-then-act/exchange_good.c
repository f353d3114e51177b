// A loop of compare and exchange: the step is made on the value that was looked at, or not at all.
#include <Python.h>
#include <stdatomic.h>

typedef struct {
  PyObject_HEAD
  int limit;
  atomic_int used;
} Slots;

static PyObject *slots_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int limit;
  if (!PyArg_ParseTuple(args, "i:Slots", &limit)) {
    return NULL;
  }
  Slots *self = (Slots *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->limit = limit;
    atomic_init(&self->used, 0);
  }
  return (PyObject *)self;
}

static void slots_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *slots_acquire(Slots *self, PyObject *unused) {
  int used = atomic_load(&self->used);
  do {
    if (used >= self->limit) {
      Py_RETURN_FALSE;
    }
  } while (!atomic_compare_exchange_weak(&self->used, &used, used + 1));
  Py_RETURN_TRUE;
}

static PyObject *slots_release(Slots *self, PyObject *unused) {
  atomic_fetch_sub(&self->used, 1);
  Py_RETURN_NONE;
}

static PyMethodDef slots_methods[] = {
    {"acquire", (PyCFunction)slots_acquire, METH_NOARGS, NULL},
    {"release", (PyCFunction)slots_release, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot type_slots[] = {
    {Py_tp_new, slots_new},
    {Py_tp_dealloc, slots_dealloc},
    {Py_tp_methods, slots_methods},
    {0, NULL},
};

static PyType_Spec type_spec = {
    .name = "exchange.Slots",
    .basicsize = sizeof(Slots),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = type_slots,
};

static int exec_slots(PyObject *module) {
  PyObject *type = PyType_FromSpec(&type_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, exec_slots},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "check_then_act_exchange_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_check_then_act_exchange_good(void) {
  return PyModuleDef_Init(&module_def);
}

// A table of functions, completed on import; every object holds its address, and calls by it.
#include <Python.h>

struct operations {
  long (*step)(long);
  long start;
};

typedef struct {
  PyObject_HEAD
  struct operations *operations;
} Counter;

static struct operations forward;

static long plus_one(long value) {
  return value + 1;
}

static PyObject *counter_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Counter *counter = (Counter *)type->tp_alloc(type, 0);
  if (counter != NULL) {
    counter->operations = &forward;
  }
  return (PyObject *)counter;
}

static PyObject *counter_call(PyObject *self, PyObject *args, PyObject *kwargs) {
  struct operations *operations = ((Counter *)self)->operations;
  return PyLong_FromLong(operations->step(operations->start));
}

static PyTypeObject Counter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "counters.Counter",
    .tp_basicsize = sizeof(Counter),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = counter_new,
    .tp_call = counter_call,
};

static int exec_module(PyObject *module) {
  forward.step = plus_one;
  forward.start = 10;
  return PyModule_AddType(module, &Counter_Type);
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
    .m_name = "mutable_static_table_address_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_address_good(void) {
  return PyModuleDef_Init(&definition);
}

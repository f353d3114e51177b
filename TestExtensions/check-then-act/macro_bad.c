// State machine in macros: the transition is checked, and then made.
#include <Python.h>

enum { IDLE, RUNNING, STOPPED };

typedef struct {
  PyObject_HEAD
  int state;  // expect: check-then-act
  int code;
} Machine;

#define STATE(op) (((Machine *)(op))->state)
#define REQUIRE(op, wanted)                                                       \
  if (STATE(op) != (wanted)) {                                                    \
    PyErr_Format(PyExc_RuntimeError, "machine is in state %d", STATE(op));        \
    return NULL;                                                                  \
  }
#define BECOME(op, next) (STATE(op) = (next))

static void machine_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *machine_start(PyObject *op, PyObject *unused) {
  REQUIRE(op, IDLE);
  BECOME(op, RUNNING);
  Py_RETURN_NONE;
}

static PyObject *machine_stop(PyObject *op, PyObject *unused) {
  REQUIRE(op, RUNNING);
  BECOME(op, STOPPED);
  Py_RETURN_NONE;
}

static PyObject *machine_reset(PyObject *op, PyObject *unused) {
  BECOME(op, IDLE);
  Py_RETURN_NONE;
}

static PyMethodDef machine_methods[] = {
    {"start", (PyCFunction)machine_start, METH_NOARGS, NULL},
    {"stop", (PyCFunction)machine_stop, METH_NOARGS, NULL},
    {"reset", (PyCFunction)machine_reset, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot machine_slots[] = {
    {Py_tp_dealloc, machine_dealloc},
    {Py_tp_methods, machine_methods},
    {0, NULL},
};

static PyType_Spec machine_spec = {
    .name = "macro.Machine",
    .basicsize = sizeof(Machine),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = machine_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&machine_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
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
    .m_name = "check_then_act_macro_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_check_then_act_macro_bad(void) {
  return PyModuleDef_Init(&module_def);
}

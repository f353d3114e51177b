// The statistics of the module are a part of its state; the region adds to them.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
  unsigned long calls;  // expect: unsynchronised-static-scalar
} ModuleState;

static PyObject *parity(PyObject *module, PyObject *args) {
  ModuleState *state = PyModule_GetState(module);
  const unsigned char *bytes;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "y#", &bytes, &size)) {
    return NULL;
  }
  unsigned value = 0;
  Py_BEGIN_ALLOW_THREADS
  for (Py_ssize_t i = 0; i < size; i++) {
    value ^= bytes[i];
  }
  state->calls++;  // expect: shared-state-while-detached
  Py_END_ALLOW_THREADS
  return PyLong_FromUnsignedLong(value);
}

static PyObject *calls(PyObject *module, PyObject *unused) {
  ModuleState *state = PyModule_GetState(module);
  return PyLong_FromUnsignedLong(state->calls);
}

static PyMethodDef methods[] = {
    {"parity", parity, METH_VARARGS, NULL},
    {"calls", calls, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_state_while_detached_module_state_bad",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_state_while_detached_module_state_bad(void) {
  return PyModuleDef_Init(&definition);
}

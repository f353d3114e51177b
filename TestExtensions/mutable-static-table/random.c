// The state of a random number generator. Two threads can draw the same number.
#include <Python.h>
#include <stdint.h>

static uint32_t state[4] = {1, 2, 3, 4};  // expect: mutable-static-table

static uint32_t draw(void) {
  uint32_t mixed = state[3];
  mixed ^= mixed << 11;
  mixed ^= mixed >> 8;
  state[3] = state[2];
  state[2] = state[1];
  state[1] = state[0];
  state[0] ^= state[0] >> 19 ^ mixed;
  return state[0];
}

static PyObject *seed(PyObject *module, PyObject *number) {
  unsigned long value = PyLong_AsUnsignedLong(number);
  if (PyErr_Occurred()) {
    return NULL;
  }
  state[0] = (uint32_t)value | 1;
  Py_RETURN_NONE;
}

static PyObject *random_number(PyObject *module, PyObject *unused) {
  return PyLong_FromUnsignedLong(draw());
}

static PyMethodDef methods[] = {
    {"seed", seed, METH_O, NULL},
    {"random_number", random_number, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_table_random",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_random(void) {
  return PyModuleDef_Init(&definition);
}

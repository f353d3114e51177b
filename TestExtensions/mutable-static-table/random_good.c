// Every generator object has its own state; the static one is the constant that it starts with.
#include <Python.h>
#include <stdint.h>

static const uint32_t start[4] = {1, 2, 3, 4};

static uint32_t draw(uint32_t *state) {
  uint32_t mixed = state[3];
  mixed ^= mixed << 11;
  mixed ^= mixed >> 8;
  state[3] = state[2];
  state[2] = state[1];
  state[1] = state[0];
  state[0] ^= state[0] >> 19 ^ mixed;
  return state[0];
}

static PyObject *random_number(PyObject *module, PyObject *seed) {
  uint32_t state[4];
  memcpy(state, start, sizeof(state));
  state[0] = (uint32_t)PyLong_AsUnsignedLongMask(seed) | 1;
  return PyLong_FromUnsignedLong(draw(state));
}

static PyMethodDef methods[] = {
    {"random_number", random_number, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_table_random_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_random_good(void) {
  return PyModuleDef_Init(&definition);
}

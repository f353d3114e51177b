// The once function of C11; no Python code runs inside.
#include <Python.h>
#include <threads.h>

static once_flag once = ONCE_FLAG_INIT;
static unsigned short powers[16];

static void fill(void) {
  unsigned value = 1;
  for (int i = 0; i < 16; i++) {
    powers[i] = (unsigned short)value;
    value = 3 * value % 65521;
  }
}

static PyObject *power(PyObject *module, PyObject *exponent) {
  unsigned long i = PyLong_AsUnsignedLong(exponent);
  if (PyErr_Occurred()) {
    return NULL;
  }
  call_once(&once, fill);
  return PyLong_FromLong(powers[i % 16]);
}

static PyMethodDef methods[] = {
    {"power", power, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_c11_once_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_c11_once_good(void) {
  return PyModuleDef_Init(&definition);
}

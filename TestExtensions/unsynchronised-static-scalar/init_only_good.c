// Numbers that are worked out on import and read afterwards; one is never written at all.
#include <Python.h>

static int word_bits;
static int is_little_endian;
static int tab_width = 8;

static void probe(void) {
  const unsigned int one = 1;
  is_little_endian = *(const unsigned char *)&one;
  for (unsigned long word = ~0ul; word != 0; word >>= 1) {
    word_bits++;
  }
}

static int exec_module(PyObject *module) {
  probe();
  return PyModule_AddIntConstant(module, "tab_width", tab_width);
}

static PyObject *platform(PyObject *module, PyObject *unused) {
  return Py_BuildValue("(iii)", word_bits, is_little_endian, tab_width);
}

static PyMethodDef methods[] = {
    {"platform", platform, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_static_scalar_init_only_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_init_only_good(void) {
  return PyModuleDef_Init(&definition);
}

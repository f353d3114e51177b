// The exec function loops over its module's dict before anybody else has the module.
#include <Python.h>

static int exec_module(PyObject *module) {
  if (PyModule_AddIntConstant(module, "RED", 1) < 0 ||
      PyModule_AddIntConstant(module, "BLUE", 2) < 0) {
    return -1;
  }
  long sum = 0;
  Py_ssize_t position = 0;
  PyObject *name, *value;
  while (PyDict_Next(PyModule_GetDict(module), &position, &name, &value)) {
    if (PyLong_CheckExact(value)) {
      sum += PyLong_AsLong(value);
    }
  }
  return PyModule_AddIntConstant(module, "ALL", sum);
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
    .m_name = "unlocked_dict_iteration_init_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_init_good(void) {
  return PyModuleDef_Init(&definition);
}

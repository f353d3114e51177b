// target: 3.15
// The old hook is single-phase; both declare the same.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "export_init_single_phase_good",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_export_init_single_phase_good(void) {
  PyObject *module = PyModule_Create(&definition);
  if (module == NULL) {
    return NULL;
  }
#ifdef Py_GIL_DISABLED
  if (PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED) < 0) {
    Py_DECREF(module);
    return NULL;
  }
#endif
  return module;
}

#if PY_VERSION_HEX >= 0x030F0000

PyABIInfo_VAR(abi_info);

static PySlot export_slots[] = {
    PySlot_STATIC_DATA(Py_mod_abi, &abi_info),
    PySlot_STATIC_DATA(Py_mod_methods, methods),
    PySlot_DATA(Py_mod_gil, Py_MOD_GIL_NOT_USED),
    PySlot_END,
};

PyMODEXPORT_FUNC PyModExport_export_init_single_phase_good(void) {
  return export_slots;
}

#endif

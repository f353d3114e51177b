// Set on import, dropped by a function for the end of the process.
#include <Python.h>

static PyObject *banner;

static void drop_banner(void) {
  banner = NULL;
}

static int exec_module(PyObject *module) {
  if (banner == NULL) {
    banner = PyUnicode_FromString("welcome");
    if (banner == NULL || Py_AtExit(drop_banner) < 0) {
      return -1;
    }
  }
  return 0;
}

static PyObject *get_banner(PyObject *module, PyObject *unused) {
  return Py_NewRef(banner);
}

static PyMethodDef methods[] = {
    {"get_banner", get_banner, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_object_at_exit_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_at_exit_good(void) {
  return PyModuleDef_Init(&definition);
}

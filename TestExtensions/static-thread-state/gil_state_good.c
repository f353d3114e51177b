// What 'PyGILState_Ensure' returned is kept in the function that calls the release.
#include <Python.h>

static PyGILState_STATE begin_python(void) {
  return PyGILState_Ensure();
}

static void end_python(PyGILState_STATE state) {
  PyGILState_Release(state);
}

static void report(const char *text) {
  PyGILState_STATE state = begin_python();
  PySys_WriteStderr("%s\n", text);
  end_python(state);
}

static PyObject *work(PyObject *module, PyObject *unused) {
  Py_BEGIN_ALLOW_THREADS
  report("working");
  Py_END_ALLOW_THREADS
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"work", work, METH_NOARGS, NULL},
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
    .m_name = "static_thread_state_gil_state_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_thread_state_gil_state_good(void) {
  return PyModuleDef_Init(&definition);
}

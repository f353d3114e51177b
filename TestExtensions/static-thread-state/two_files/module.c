// The thread state is saved here and restored in attach.c, where the variable is.
#include <Python.h>
#include <unistd.h>

extern PyThreadState *two_files_saved;
void two_files_attach(void);

static PyObject *pause_for(PyObject *module, PyObject *microseconds) {
  unsigned long value = PyLong_AsUnsignedLong(microseconds);
  if (value == (unsigned long)-1 && PyErr_Occurred()) {
    return NULL;
  }
  two_files_saved = PyEval_SaveThread();
  usleep(value);
  two_files_attach();
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"pause_for", pause_for, METH_O, NULL},
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
    .m_name = "static_thread_state_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_thread_state_two_files(void) {
  return PyModuleDef_Init(&definition);
}

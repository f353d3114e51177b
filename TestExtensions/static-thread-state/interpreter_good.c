// The interpreter is remembered on import, and is the same for all threads.
#include <Python.h>

static PyInterpreterState *interpreter;
static PyThreadState *importer;

static int exec_module(PyObject *module) {
  importer = PyThreadState_Get();
  interpreter = PyThreadState_GetInterpreter(importer);
  return 0;
}

static PyObject *is_importer(PyObject *module, PyObject *unused) {
  PyThreadState *mine = PyThreadState_Get();
  if (PyThreadState_GetInterpreter(mine) != interpreter) {
    PyErr_SetString(PyExc_RuntimeError, "another interpreter");
    return NULL;
  }
  return PyBool_FromLong(mine == importer);
}

static PyMethodDef methods[] = {
    {"is_importer", is_importer, METH_NOARGS, NULL},
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
    .m_name = "static_thread_state_interpreter_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_thread_state_interpreter_good(void) {
  return PyModuleDef_Init(&definition);
}

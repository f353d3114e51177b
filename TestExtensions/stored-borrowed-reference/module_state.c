// The hook is the caller's object; the lock orders the stores and keeps nothing alive.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject *hook;
} ModuleState;

static int exec_module(PyObject *module) {
  ModuleState *state = PyModule_GetState(module);
  state->hook = Py_None;
  return 0;
}

static PyObject *set_hook(PyObject *module, PyObject *hook) {
  ModuleState *state = PyModule_GetState(module);
  if (!PyCallable_Check(hook)) {
    PyErr_SetString(PyExc_TypeError, "a function");
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(module);
  state->hook = hook;  // expect: stored-borrowed-reference
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *run_hook(PyObject *module, PyObject *unused) {
  ModuleState *state = PyModule_GetState(module);
  PyObject *hook;
  Py_BEGIN_CRITICAL_SECTION(module);
  hook = Py_NewRef(state->hook);
  Py_END_CRITICAL_SECTION();
  PyObject *result = hook == Py_None ? Py_NewRef(Py_None) : PyObject_CallNoArgs(hook);
  Py_DECREF(hook);
  return result;
}

static PyMethodDef methods[] = {
    {"set_hook", set_hook, METH_O, NULL},
    {"run_hook", run_hook, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stored_borrowed_reference_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_module_state(void) {
  return PyModuleDef_Init(&definition);
}

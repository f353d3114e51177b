// One macro makes slots, definition and init function; its use is the place.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static int exec_module(PyObject *module) {
  return PyModule_AddIntConstant(module, "version", 1);
}

#define DEFINE_MODULE(name) \
  static PyModuleDef_Slot name##_slots[] = { \
      {Py_mod_exec, exec_module}, {0, NULL}}; \
  static struct PyModuleDef name##_definition = { \
      PyModuleDef_HEAD_INIT, #name, NULL, 0, methods, name##_slots, NULL, NULL, NULL}; \
  PyMODINIT_FUNC PyInit_##name(void) { return PyModuleDef_Init(&name##_definition); }

DEFINE_MODULE(gil_slot_missing_whole_module_macro)  // expect: gil-slot-missing

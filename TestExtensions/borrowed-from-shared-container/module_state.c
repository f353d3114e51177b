// The dict is in the module's state, and an entry point adds to it.
#include <Python.h>

typedef struct {
  PyObject *codecs;
} ModuleState;

static int exec_module(PyObject *module) {
  ModuleState *state = PyModule_GetState(module);
  state->codecs = PyDict_New();
  return state->codecs == NULL ? -1 : 0;
}

static PyObject *add_codec(PyObject *module, PyObject *args) {
  ModuleState *state = PyModule_GetState(module);
  PyObject *name, *codec;
  if (!PyArg_ParseTuple(args, "UO", &name, &codec)) {
    return NULL;
  }
  return PyDict_SetItem(state->codecs, name, codec) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *encode(PyObject *module, PyObject *args) {
  ModuleState *state = PyModule_GetState(module);
  PyObject *name, *text;
  if (!PyArg_ParseTuple(args, "UU", &name, &text)) {
    return NULL;
  }
  PyObject *codecs = state->codecs;
  PyObject *codec = PyDict_GetItemWithError(codecs, name);  // expect: borrowed-from-shared-container
  if (codec == NULL) {
    return PyErr_Occurred() ? NULL : Py_NewRef(text);
  }
  Py_INCREF(codec);
  PyObject *result = PyObject_CallOneArg(codec, text);
  Py_DECREF(codec);
  return result;
}

static PyMethodDef methods[] = {
    {"add_codec", add_codec, METH_VARARGS, NULL},
    {"encode", encode, METH_VARARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_module_state(void) {
  return PyModuleDef_Init(&definition);
}

// The handle is a field of the module's state, and the calls share that.
#include <Python.h>
#include <dirent.h>

typedef struct {
  DIR *folder;  // expect: shared-library-handle
} ModuleState;

static int exec_module(PyObject *module) {
  ModuleState *state = PyModule_GetState(module);
  state->folder = opendir("/");
  return state->folder == NULL ? -1 : 0;
}

static void free_module(void *module) {
  ModuleState *state = PyModule_GetState(module);
  if (state != NULL && state->folder != NULL) {
    closedir(state->folder);
  }
}

static PyObject *position(PyObject *module, PyObject *unused) {
  ModuleState *state = PyModule_GetState(module);
  struct dirent *entry = readdir(state->folder);
  return PyBool_FromLong(entry != NULL);
}

static PyMethodDef methods[] = {
    {"position", position, METH_NOARGS, NULL},
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
    .m_name = "shared_library_handle_module_state",
    .m_size = sizeof(ModuleState),
    .m_methods = methods,
    .m_slots = slots,
    .m_free = free_module,
};

PyMODINIT_FUNC PyInit_shared_library_handle_module_state(void) {
  return PyModuleDef_Init(&definition);
}

// One stream of directory entries for all calls; the entry that is read belongs to it.
#include <Python.h>
#include <dirent.h>

static DIR *folder;  // expect: shared-library-handle

static int exec_module(PyObject *module) {
  folder = opendir("/");
  if (folder == NULL) {
    PyErr_SetFromErrno(PyExc_OSError);
    return -1;
  }
  return 0;
}

static PyObject *next_entry(PyObject *module, PyObject *unused) {
  struct dirent *entry = readdir(folder);
  if (entry == NULL) {
    Py_RETURN_NONE;
  }
  return PyUnicode_DecodeFSDefault(entry->d_name);
}

static PyObject *rewind_folder(PyObject *module, PyObject *unused) {
  rewinddir(folder);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"next_entry", next_entry, METH_NOARGS, NULL},
    {"rewind_folder", rewind_folder, METH_NOARGS, NULL},
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
    .m_name = "shared_library_handle_directory",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_directory(void) {
  return PyModuleDef_Init(&definition);
}

// One stream of directory entries; the entry is copied before the lock is released.
#include <Python.h>
#include <dirent.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static DIR *folder;

static int exec_module(PyObject *module) {
  folder = opendir("/");
  if (folder == NULL) {
    PyErr_SetFromErrno(PyExc_OSError);
    return -1;
  }
  return 0;
}

static PyObject *next_entry(PyObject *module, PyObject *unused) {
  char name[256] = "";
  PyMutex_Lock(&lock);
  struct dirent *entry = readdir(folder);
  if (entry != NULL) {
    memcpy(name, entry->d_name, sizeof(name));
  }
  PyMutex_Unlock(&lock);
  return name[0] == 0 ? Py_NewRef(Py_None) : PyUnicode_DecodeFSDefault(name);
}

static PyObject *rewind_folder(PyObject *module, PyObject *unused) {
  PyMutex_Lock(&lock);
  rewinddir(folder);
  PyMutex_Unlock(&lock);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_library_handle_directory_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_directory_good(void) {
  return PyModuleDef_Init(&definition);
}

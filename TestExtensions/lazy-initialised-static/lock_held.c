// A helper that wants its caller to hold the lock; one of two callers does.
#include <Python.h>
#include <stdlib.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static char *folder;  // expect: lazy-initialised-static

static const char *folder_lock_held(void) {
  if (folder == NULL) {
    const char *home = getenv("HOME");  // expect: libc-not-thread-safe
    folder = strdup(home != NULL ? home : "/");
  }
  return folder;
}

static PyObject *get_folder(PyObject *module, PyObject *unused) {
  char copy[256];
  PyMutex_Lock(&lock);
  snprintf(copy, sizeof(copy), "%s", folder_lock_held());
  PyMutex_Unlock(&lock);
  return PyUnicode_FromString(copy);
}

static PyObject *has_folder(PyObject *module, PyObject *unused) {
  int found = folder_lock_held()[0] == '/';
  return PyBool_FromLong(found);
}

static PyMethodDef methods[] = {
    {"get_folder", get_folder, METH_NOARGS, NULL},
    {"has_folder", has_folder, METH_NOARGS, NULL},
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
    .m_name = "lazy_initialised_static_lock_held",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_lock_held(void) {
  return PyModuleDef_Init(&definition);
}

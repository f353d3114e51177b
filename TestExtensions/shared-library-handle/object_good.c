// Every call opens a handle of its own; the static variable is only the name to open.
#include <Python.h>
#include <dirent.h>

static const char *const root = "/";

static PyObject *count(PyObject *module, PyObject *unused) {
  long entries = 0;
  DIR *folder = opendir(root);
  if (folder == NULL) {
    return PyErr_SetFromErrno(PyExc_OSError);
  }
  while (readdir(folder) != NULL) {
    entries++;
  }
  closedir(folder);
  return PyLong_FromLong(entries);
}

static PyMethodDef methods[] = {
    {"count", count, METH_NOARGS, NULL},
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
    .m_name = "shared_library_handle_object_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_object_good(void) {
  return PyModuleDef_Init(&definition);
}

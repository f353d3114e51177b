// The calls that use the handle are in a macro.
#include <Python.h>
#include <dirent.h>

#define TELL() telldir(stream)
#define EACH(entry) for (struct dirent *entry = readdir(stream); entry; entry = readdir(stream))

static DIR *stream;  // expect: shared-library-handle

static int exec_module(PyObject *module) {
  stream = opendir(".");
  return stream == NULL ? -1 : 0;
}

static PyObject *count(PyObject *module, PyObject *unused) {
  long entries = 0;
  EACH(entry) {
    entries += entry->d_name[0] != '.';
  }
  rewinddir(stream);
  return Py_BuildValue("(ll)", entries, TELL());
}

static PyMethodDef methods[] = {
    {"count", count, METH_NOARGS, NULL},
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
    .m_name = "shared_library_handle_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_macro(void) {
  return PyModuleDef_Init(&definition);
}

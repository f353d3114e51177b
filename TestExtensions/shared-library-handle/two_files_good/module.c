// Opened here on import; read.c uses it under a lock.
#include <Python.h>
#include <dirent.h>

DIR *two_files_good_stream;

long two_files_good_count(void);

static int exec_module(PyObject *module) {
  two_files_good_stream = opendir("/");
  return two_files_good_stream == NULL ? -1 : 0;
}

static PyObject *count(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(two_files_good_count());
}

static PyMethodDef methods[] = {
    {"count", count, METH_NOARGS, NULL},
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
    .m_name = "shared_library_handle_two_files_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_two_files_good(void) {
  return PyModuleDef_Init(&definition);
}

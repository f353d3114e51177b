// The lock is there on free-threaded builds.
#include <Python.h>
#include <search.h>
#include <string.h>

#ifdef Py_GIL_DISABLED
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
#define BEGIN() pthread_mutex_lock(&lock)
#define END() pthread_mutex_unlock(&lock)
#else
#define BEGIN()
#define END()
#endif

static struct hsearch_data table;

static int exec_module(PyObject *module) {
  return hcreate_r(100, &table) == 0 ? -1 : 0;
}

static PyObject *seen(PyObject *module, PyObject *args) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s", &text)) {
    return NULL;
  }
  ENTRY entry = {strdup(text), NULL}, *found;
  BEGIN();
  int known = hsearch_r(entry, FIND, &found, &table);
  if (!known) {
    hsearch_r(entry, ENTER, &found, &table);
  }
  END();
  return PyBool_FromLong(known);
}

static PyMethodDef methods[] = {
    {"seen", seen, METH_VARARGS, NULL},
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
    .m_name = "shared_library_handle_ifdef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_ifdef_good(void) {
  return PyModuleDef_Init(&definition);
}

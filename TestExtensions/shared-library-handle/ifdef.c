// The lock is for the macro of a fork of Python; a free-threaded build of today has none.
#include <Python.h>
#include <search.h>
#include <string.h>

#ifdef Py_NOGIL
#include <pthread.h>
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
#define BEGIN() pthread_mutex_lock(&lock)
#define END() pthread_mutex_unlock(&lock)
#else
#define BEGIN()
#define END()
#endif

static struct hsearch_data table;  // expect: shared-library-handle

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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_library_handle_ifdef",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_ifdef(void) {
  return PyModuleDef_Init(&definition);
}

// The table is read and written by macros, and locked by macros.
#include <Python.h>
#include <pthread.h>

#define SLOTS 8
#define SET(table, index, number) ((table)[(index) % SLOTS] = (number))
#define GET(table, index) ((table)[(index) % SLOTS])

#define WITH_TABLE(statement) \
  do { \
    pthread_mutex_lock(&table_lock); \
    statement; \
    pthread_mutex_unlock(&table_lock); \
  } while (0)

static pthread_mutex_t table_lock = PTHREAD_MUTEX_INITIALIZER;
static double levels[SLOTS] = {1, 1, 1, 1, 1, 1, 1, 1};

static PyObject *set_level(PyObject *module, PyObject *args) {
  unsigned index;
  double level;
  if (!PyArg_ParseTuple(args, "Id", &index, &level)) {
    return NULL;
  }
  WITH_TABLE(SET(levels, index, level));
  Py_RETURN_NONE;
}

static PyObject *get_level(PyObject *module, PyObject *args) {
  unsigned index;
  if (!PyArg_ParseTuple(args, "I", &index)) {
    return NULL;
  }
  double level;
  WITH_TABLE(level = GET(levels, index));
  return PyFloat_FromDouble(level);
}

static PyMethodDef methods[] = {
    {"set_level", set_level, METH_VARARGS, NULL},
    {"get_level", get_level, METH_VARARGS, NULL},
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
    .m_name = "mutable_static_table_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_macro_good(void) {
  return PyModuleDef_Init(&definition);
}

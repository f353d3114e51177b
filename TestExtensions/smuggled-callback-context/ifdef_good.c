// The variable is the thread's on free-threaded builds.
#include <Python.h>
#include <stdlib.h>

#if defined(Py_GIL_DISABLED)
#define PER_THREAD _Thread_local
#else
#define PER_THREAD
#endif

static PER_THREAD int descending;

static int compare(const void *left, const void *right) {
  int a = *(const int *)left, b = *(const int *)right;
  int order = a < b ? -1 : a > b;
  return descending ? -order : order;
}

static PyObject *first(PyObject *module, PyObject *args) {
  int values[3], reverse;
  if (!PyArg_ParseTuple(args, "iiip", values, values + 1, values + 2, &reverse)) {
    return NULL;
  }
  descending = reverse;
  qsort(values, 3, sizeof(int), compare);
  return PyLong_FromLong(values[0]);
}

static PyMethodDef methods[] = {
    {"first", first, METH_VARARGS, NULL},
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
    .m_name = "smuggled_callback_context_ifdef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_smuggled_callback_context_ifdef_good(void) {
  return PyModuleDef_Init(&definition);
}

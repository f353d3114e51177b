// The string is replaced and copied under a lock.
#include <Python.h>
#include <stdlib.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static char *last_path;

static PyObject *remember(PyObject *module, PyObject *args) {
  const char *path;
  if (!PyArg_ParseTuple(args, "s", &path)) {
    return NULL;
  }
  char *copy = strdup(path);
  if (copy == NULL) {
    return PyErr_NoMemory();
  }
  PyMutex_Lock(&lock);
  free(last_path);
  last_path = copy;
  PyMutex_Unlock(&lock);
  Py_RETURN_NONE;
}

static PyObject *recall(PyObject *module, PyObject *unused) {
  PyMutex_Lock(&lock);
  char *copy = last_path == NULL ? NULL : strdup(last_path);
  PyMutex_Unlock(&lock);
  if (copy == NULL) {
    Py_RETURN_NONE;
  }
  PyObject *result = PyUnicode_FromString(copy);
  free(copy);
  return result;
}

static PyMethodDef methods[] = {
    {"remember", remember, METH_VARARGS, NULL},
    {"recall", recall, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_table_pointer_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_pointer_good(void) {
  return PyModuleDef_Init(&definition);
}

// A string that is freed and replaced while another thread may be reading it.
#include <Python.h>
#include <stdlib.h>

static char *last_path;  // expect: mutable-static-table

static PyObject *remember(PyObject *module, PyObject *args) {
  const char *path;
  if (!PyArg_ParseTuple(args, "s", &path)) {
    return NULL;
  }
  char *copy = strdup(path);
  if (copy == NULL) {
    return PyErr_NoMemory();
  }
  free(last_path);
  last_path = copy;
  Py_RETURN_NONE;
}

static PyObject *recall(PyObject *module, PyObject *unused) {
  if (last_path == NULL) {
    Py_RETURN_NONE;
  }
  return PyUnicode_FromString(last_path);
}

static PyMethodDef methods[] = {
    {"remember", remember, METH_VARARGS, NULL},
    {"recall", recall, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_table_pointer",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_pointer(void) {
  return PyModuleDef_Init(&definition);
}

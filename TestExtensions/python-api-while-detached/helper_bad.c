// The helper is called while detached; it cannot know, and takes a reference.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

typedef struct {
  PyObject *owner;
  const char *start;
  Py_ssize_t length;
} Slice;

static void slice_keep(Slice *slice, PyObject *owner, const char *start, Py_ssize_t length) {
  slice->owner = owner;
  slice->start = start;
  slice->length = length;
  Py_INCREF(owner);  // expect: python-api-while-detached
}

static int find_line(PyObject *owner, const char *text, Py_ssize_t size, Slice *found) {
  const char *end = memchr(text, '\n', size);
  if (end == NULL) {
    return 0;
  }
  slice_keep(found, owner, text, end - text);
  return 1;
}

static PyObject *first_line(PyObject *module, PyObject *data) {
  if (!PyBytes_Check(data)) {
    PyErr_SetString(PyExc_TypeError, "bytes expected");
    return NULL;
  }
  const char *text = PyBytes_AS_STRING(data);
  Py_ssize_t size = PyBytes_GET_SIZE(data);
  Slice line;
  int found;
  Py_BEGIN_ALLOW_THREADS
  found = find_line(data, text, size, &line);
  Py_END_ALLOW_THREADS
  if (!found) {
    return Py_NewRef(data);
  }
  PyObject *result = PyBytes_FromStringAndSize(line.start, line.length);
  Py_DECREF(line.owner);
  return result;
}

static PyMethodDef methods[] = {
    {"first_line", first_line, METH_O, NULL},
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
    .m_name = "python_api_while_detached_helper_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_python_api_while_detached_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}

// What is filled was made here, and goes out when it is complete.
#include <Python.h>

static PyStructSequence_Field fields[] = {{"low", NULL}, {"high", NULL}, {NULL, NULL}};
static PyStructSequence_Desc description = {"fresh_good.Range", NULL, fields, 2};
static PyTypeObject *range_type;

static int exec_module(PyObject *module) {
  range_type = PyStructSequence_NewType(&description);
  return range_type == NULL ? -1 : PyModule_AddType(module, range_type);
}

static PyObject *range(PyObject *module, PyObject *args) {
  long low, high;
  if (!PyArg_ParseTuple(args, "ll", &low, &high)) {
    return NULL;
  }
  PyObject *range = PyStructSequence_New(range_type);
  if (range == NULL) {
    return NULL;
  }
  PyStructSequence_SET_ITEM(range, 0, PyLong_FromLong(low));
  PyStructSequence_SET_ITEM(range, 1, PyLong_FromLong(high));
  return range;
}

static PyObject *repeat(PyObject *module, PyObject *item) {
  PyObject *list = PyList_New(3);
  PyObject *tuple = PyTuple_New(2);
  if (list == NULL || tuple == NULL) {
    Py_XDECREF(list);
    Py_XDECREF(tuple);
    return NULL;
  }
  for (Py_ssize_t i = 0; i < 3; i++) {
    PyList_SET_ITEM(list, i, Py_NewRef(item));
  }
  PyTuple_SET_ITEM(tuple, 0, list);
  PyTuple_SET_ITEM(tuple, 1, Py_NewRef(item));
  return tuple;
}

static PyObject *letters(PyObject *module, PyObject *unused) {
  PyObject *bytes = PyBytes_FromStringAndSize(NULL, 32);
  PyObject *text = PyUnicode_New(26, 127);
  if (bytes == NULL || text == NULL) {
    goto error;
  }
  char *data = PyBytes_AS_STRING(bytes);
  for (int i = 0; i < 26; i++) {
    data[i] = (char)('a' + i);
    PyUnicode_WRITE(PyUnicode_KIND(text), PyUnicode_DATA(text), i, 'A' + i);
  }
  if (_PyBytes_Resize(&bytes, 26) < 0) {
    goto error;
  }
  return Py_BuildValue("NN", bytes, text);
error:
  Py_XDECREF(bytes);
  Py_XDECREF(text);
  return NULL;
}

static PyMethodDef methods[] = {
    {"range", range, METH_VARARGS, NULL},
    {"repeat", repeat, METH_O, NULL},
    {"letters", letters, METH_NOARGS, NULL},
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
    .m_name = "write_into_published_container_fresh_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_fresh_good(void) {
  return PyModuleDef_Init(&definition);
}

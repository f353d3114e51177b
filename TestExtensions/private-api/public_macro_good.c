// Public macros and functions that end in private ones, and documented ones whose names only look private.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *parent;
} Leaf;

static PyObject *_PyCodec_Widen(PyObject *text) {
  return PyUnicode_FromFormat("%U ", text);
}

static PyObject *count_spaces(PyObject *module, PyObject *text) {
  if (!PyUnicode_Check(text)) {
    PyErr_SetString(PyExc_TypeError, "a str");
    return NULL;
  }
  PyObject *wide = _PyCodec_Widen(text);
  if (wide == NULL) {
    return NULL;
  }
  Py_ssize_t spaces = 0;
  for (Py_ssize_t i = 0; i < PyUnicode_GET_LENGTH(wide); i++) {
    spaces += Py_UNICODE_ISSPACE(PyUnicode_READ_CHAR(wide, i));
  }
  Py_DECREF(wide);
  return PyLong_FromSsize_t(spaces);
}

static PyObject *halves(PyObject *module, PyObject *text) {
  PyObject *pair = PyTuple_New(4);
  if (pair == NULL) {
    return NULL;
  }
  PyTuple_SET_ITEM(pair, 0, Py_NewRef(text));
  PyTuple_SET_ITEM(pair, 1, Py_NewRef(text));
  if (_PyTuple_Resize(&pair, 2) < 0) {
    return NULL;
  }
  return pair;
}

static PyObject *call_it(PyObject *module, PyObject *function) {
  PyObject *answer = PyObject_CallNoArgs(function);
  Py_XDECREF(answer);
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"count_spaces", count_spaces, METH_O, NULL},
    {"halves", halves, METH_O, NULL},
    {"call_it", call_it, METH_O, NULL},
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
    .m_name = "private_api_public_macro_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_private_api_public_macro_good(void) {
  return PyModuleDef_Init(&definition);
}

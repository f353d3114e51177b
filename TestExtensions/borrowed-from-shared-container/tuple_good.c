// Tuples and struct sequences do not change, whoever else has them.
#include <Python.h>

static PyObject *names;

static PyStructSequence_Field fields[] = {{"x", NULL}, {"y", NULL}, {NULL, NULL}};
static PyStructSequence_Desc description = {"tuple_good.Pair", NULL, fields, 2};

static int exec_module(PyObject *module) {
  names = Py_BuildValue("(ss)", "left", "right");
  PyTypeObject *type = names == NULL ? NULL : PyStructSequence_NewType(&description);
  int result = type == NULL ? -1 : PyModule_AddType(module, type);
  Py_XDECREF(type);
  return result;
}

static PyObject *name(PyObject *module, PyObject *index) {
  PyObject *item = PyTuple_GetItem(names, PyLong_AsSsize_t(index));
  return Py_XNewRef(item);
}

static PyObject *ends(PyObject *module, PyObject *tuple) {
  if (!PyTuple_Check(tuple) || PyTuple_GET_SIZE(tuple) == 0) {
    Py_RETURN_NONE;
  }
  PyObject *first = PyTuple_GET_ITEM(tuple, 0);
  PyObject *last = PyTuple_GET_ITEM(tuple, PyTuple_GET_SIZE(tuple) - 1);
  return PyObject_RichCompare(first, last, Py_EQ);
}

static PyObject *x_of(PyObject *module, PyObject *pair) {
  PyObject *x = PyStructSequence_GET_ITEM(pair, 0);
  Py_INCREF(x);
  return x;
}

static PyObject *error_code(PyObject *module, PyObject *exception) {
  PyObject *args = PyObject_GetAttrString(exception, "args");
  if (args == NULL) {
    return NULL;
  }
  PyObject *code = PyTuple_GetItem(args, 0);
  Py_XINCREF(code);
  Py_DECREF(args);
  return code;
}

static PyMethodDef methods[] = {
    {"name", name, METH_O, NULL},
    {"ends", ends, METH_O, NULL},
    {"x_of", x_of, METH_O, NULL},
    {"error_code", error_code, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_tuple_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_tuple_good(void) {
  return PyModuleDef_Init(&definition);
}

// The args tuple, the keyword dict and the vectorcall array belong to this call.
#include <Python.h>

static PyObject *connect(PyObject *module, PyObject *args, PyObject *kwargs) {
  PyObject *host = PyTuple_GET_SIZE(args) > 0 ? PyTuple_GET_ITEM(args, 0) : Py_None;
  PyObject *port = kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, "port");
  if (port == NULL) {
    return PyObject_Str(host);
  }
  return PyUnicode_FromFormat("%S:%S", host, port);
}

static PyObject *middle(PyObject *module, PyObject *const *args, Py_ssize_t count) {
  if (count == 0) {
    Py_RETURN_NONE;
  }
  return Py_NewRef(args[count / 2]);
}

static PyObject *point_call(PyObject *self, PyObject *args, PyObject *kwargs) {
  PyObject *scale = kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, "scale");
  return scale == NULL ? PyTuple_GetSlice(args, 0, 2) : PyNumber_Float(scale);
}

static int point_init(PyObject *self, PyObject *args, PyObject *kwargs) {
  PyObject *strict = kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, "strict");
  return strict == NULL ? 0 : PyObject_IsTrue(strict) < 0 ? -1 : 0;
}

static PyObject *point_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *kind = kwargs == NULL ? NULL : PyDict_GetItemString(kwargs, "kind");
  if (kind != NULL && !PyUnicode_Check(kind)) {
    return PyErr_Format(PyExc_TypeError, "bad kind: %R", kind);
  }
  return type->tp_alloc(type, 0);
}

typedef struct {
  PyObject_HEAD
} Point;

static PyType_Slot point_slots[] = {
    {Py_tp_new, point_new},
    {Py_tp_init, point_init},
    {Py_tp_call, point_call},
    {0, NULL},
};

static PyType_Spec point_spec = {
    .name = "arguments.Point",
    .basicsize = sizeof(Point),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = point_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&point_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyMethodDef methods[] = {
    {"connect", (PyCFunction)(void (*)(void))connect, METH_VARARGS|METH_KEYWORDS, NULL},
    {"middle", (PyCFunction)(void (*)(void))middle, METH_FASTCALL, NULL},
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
    .m_name = "borrowed_from_shared_container_arguments_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_arguments_good(void) {
  return PyModuleDef_Init(&definition);
}

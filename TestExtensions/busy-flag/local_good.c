// The flag is in a context on the stack of the call, which the callbacks get by pointer.
#include <Python.h>

typedef struct {
  int busy;
  int limit;
} Visit;

typedef struct {
  PyObject_HEAD
  int limit;
} Printer;

static PyObject *printer_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int limit = 5;
  if (!PyArg_ParseTuple(args, "|i:Printer", &limit)) {
    return NULL;
  }
  Printer *self = (Printer *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->limit = limit;
  }
  return (PyObject *)self;
}

static void printer_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *print_node(Visit *visit, PyObject *node) {
  if (visit->busy) {
    PyErr_SetString(PyExc_RuntimeError, "a node within itself");
    return NULL;
  }
  visit->busy = 1;
  PyObject *text = PyObject_Repr(node);
  visit->busy = 0;
  return text;
}

static PyObject *printer_print(Printer *self, PyObject *args) {
  Visit visit = {0, self->limit};
  PyObject *list = PyList_New(0);
  for (Py_ssize_t i = 0; list != NULL && i < PyTuple_GET_SIZE(args) && i < visit.limit; i++) {
    PyObject *text = print_node(&visit, PyTuple_GET_ITEM(args, i));
    if (text == NULL || PyList_Append(list, text) < 0) {
      Py_CLEAR(list);
    }
    Py_XDECREF(text);
  }
  return list;
}

static PyMethodDef printer_methods[] = {
    {"print", (PyCFunction)printer_print, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot printer_slots[] = {
    {Py_tp_new, printer_new},
    {Py_tp_dealloc, printer_dealloc},
    {Py_tp_methods, printer_methods},
    {0, NULL},
};

static PyType_Spec printer_spec = {
    .name = "local.Printer",
    .basicsize = sizeof(Printer),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = printer_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&printer_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "busy_flag_local_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_busy_flag_local_good(void) {
  return PyModuleDef_Init(&moduledef);
}

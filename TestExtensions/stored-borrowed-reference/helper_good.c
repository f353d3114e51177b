// The helper takes over what it is given; its callers give it new references.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *source;
  PyObject *filter;
} Pipe;

static void pipe_attach(Pipe *pipe, PyObject *source, PyObject *filter) {
  pipe->source = source;
  pipe->filter = filter;
}

static PyObject *pipe_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *source, *filter = Py_None;
  if (!PyArg_UnpackTuple(args, "Pipe", 1, 2, &source, &filter)) {
    return NULL;
  }
  PyObject *iterator = PyObject_GetIter(source);
  if (iterator == NULL) {
    return NULL;
  }
  Pipe *self = (Pipe *)type->tp_alloc(type, 0);
  if (self == NULL) {
    Py_DECREF(iterator);
    return NULL;
  }
  pipe_attach(self, iterator, Py_NewRef(filter));
  return (PyObject *)self;
}

static void pipe_dealloc(PyObject *object) {
  Pipe *self = (Pipe *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->source);
  Py_XDECREF(self->filter);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *pipe_run(PyObject *op, PyObject *unused) {
  Pipe *self = (Pipe *)op;
  return PyObject_CallOneArg(self->filter, self->source);
}

static PyMethodDef pipe_methods[] = {
    {"run", pipe_run, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot pipe_slots[] = {
    {Py_tp_new, pipe_new},
    {Py_tp_dealloc, pipe_dealloc},
    {Py_tp_methods, pipe_methods},
    {0, NULL},
};

static PyType_Spec pipe_spec = {
    .name = "helper.Pipe",
    .basicsize = sizeof(Pipe),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = pipe_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&pipe_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stored_borrowed_reference_helper_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_helper_good(void) {
  return PyModuleDef_Init(&definition);
}

// The dict is a field of the object; 'set' adds to it while 'names' loops over it.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *headers;
} Message;

static PyObject *message_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Message *self = (Message *)type->tp_alloc(type, 0);
  if (self != NULL && (self->headers = PyDict_New()) == NULL) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void message_dealloc(PyObject *object) {
  Message *self = (Message *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->headers);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *message_set(PyObject *self, PyObject *args) {
  PyObject *name, *value;
  if (!PyArg_ParseTuple(args, "UU", &name, &value)) {
    return NULL;
  }
  int result = PyDict_SetItem(((Message *)self)->headers, name, value);
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *message_names(PyObject *op, PyObject *unused) {
  Message *self = (Message *)op;
  PyObject *names = PyList_New(0);
  Py_ssize_t position = 0;
  PyObject *name, *value;
  if (names == NULL) {
    return NULL;
  }
  while (PyDict_Next(self->headers, &position, &name, &value)) {  // expect: unlocked-dict-iteration
    if (PyList_Append(names, name) < 0) {
      Py_DECREF(names);
      return NULL;
    }
  }
  return names;
}

static PyMethodDef message_methods[] = {
    {"set", message_set, METH_VARARGS, NULL},
    {"names", message_names, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot message_slots[] = {
    {Py_tp_new, message_new},
    {Py_tp_dealloc, message_dealloc},
    {Py_tp_methods, message_methods},
    {0, NULL},
};

static PyType_Spec message_spec = {
    .name = "field.Message",
    .basicsize = sizeof(Message),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = message_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&message_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unlocked_dict_iteration_field",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_field(void) {
  return PyModuleDef_Init(&definition);
}

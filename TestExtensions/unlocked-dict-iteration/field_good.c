// Both methods hold the lock of the object while they work with its dict.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

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

static PyObject *message_set(PyObject *op, PyObject *args) {
  Message *self = (Message *)op;
  PyObject *name, *value;
  if (!PyArg_ParseTuple(args, "UU", &name, &value)) {
    return NULL;
  }
  int result;
  Py_BEGIN_CRITICAL_SECTION(op);
  result = PyDict_SetItem(self->headers, name, value);
  Py_END_CRITICAL_SECTION();
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *message_size(PyObject *op, PyObject *unused) {
  Message *self = (Message *)op;
  Py_ssize_t size = 0;
  Py_BEGIN_CRITICAL_SECTION(self);
  Py_ssize_t position = 0;
  PyObject *name, *value;
  while (PyDict_Next(self->headers, &position, &name, &value)) {
    size += PyUnicode_GET_LENGTH(name) + PyUnicode_GET_LENGTH(value) + 4;
  }
  Py_END_CRITICAL_SECTION();
  return PyLong_FromSsize_t(size);
}

static PyMethodDef message_methods[] = {
    {"set", message_set, METH_VARARGS, NULL},
    {"size", message_size, METH_NOARGS, NULL},
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unlocked_dict_iteration_field_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_field_good(void) {
  return PyModuleDef_Init(&definition);
}

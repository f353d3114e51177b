// The keyword dict is made for the call.
#include <Python.h>

static PyObject *element(PyObject *module, PyObject *args, PyObject *attributes) {
  PyObject *result = PyUnicode_FromString("<element");
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (attributes != NULL && result != NULL &&
         PyDict_Next(attributes, &position, &key, &value)) {
    Py_SETREF(result, PyUnicode_FromFormat("%U %U=\"%S\"", result, key, value));
  }
  return result;
}

typedef struct {
  PyObject_HEAD
  Py_ssize_t count;
} Options;

static PyObject *options_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Options *self = (Options *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  Py_ssize_t position = 0;
  PyObject *value;
  while (kwargs != NULL && PyDict_Next(kwargs, &position, NULL, &value)) {
    self->count += value != Py_None;
  }
  return (PyObject *)self;
}

static PyObject *options_call(PyObject *self, PyObject *args, PyObject *kwargs) {
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (kwargs != NULL && PyDict_Next(kwargs, &position, &key, &value)) {
    if (PyObject_SetAttr(PyTuple_GET_ITEM(args, 0), key, value) < 0) {
      return NULL;
    }
  }
  Py_RETURN_NONE;
}

static PyType_Slot options_slots[] = {
    {Py_tp_new, options_new},
    {Py_tp_call, options_call},
    {0, NULL},
};

static PyType_Spec options_spec = {
    .name = "kwargs.Options",
    .basicsize = sizeof(Options),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = options_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&options_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyMethodDef methods[] = {
    {"element", (PyCFunction)(void (*)(void))element, METH_VARARGS|METH_KEYWORDS, NULL},
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
    .m_name = "unlocked_dict_iteration_kwargs_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_kwargs_good(void) {
  return PyModuleDef_Init(&definition);
}

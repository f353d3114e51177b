// The methods without lock are for the build with the GIL alone; the other has none of them.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *value;
} Box;

static PyObject *box_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *value;
  if (!PyArg_ParseTuple(args, "O", &value)) {
    return NULL;
  }
  Box *self = (Box *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->value = Py_NewRef(value);
  }
  return (PyObject *)self;
}

static void box_dealloc(PyObject *object) {
  Box *self = (Box *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->value);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *box_get(PyObject *op, void *closure) {
  return Py_NewRef(((Box *)op)->value);
}

#ifndef Py_GIL_DISABLED
static int box_set(PyObject *op, PyObject *value, void *closure) {
  Py_XSETREF(((Box *)op)->value, Py_NewRef(value != NULL ? value : Py_None));
  return 0;
}
#else
#define box_set NULL
#endif

static PyGetSetDef box_getset[] = {
    {"value", box_get, box_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot box_slots[] = {
    {Py_tp_new, box_new},
    {Py_tp_dealloc, box_dealloc},
    {Py_tp_getset, box_getset},
    {0, NULL},
};

static PyType_Spec box_spec = {
    .name = "ifdef.Box",
    .basicsize = sizeof(Box),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = box_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&box_spec);
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
    .m_name = "raw_owned_field_read_ifdef_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_ifdef_good(void) {
  return PyModuleDef_Init(&definition);
}

// The module of bad.c; reader and writer hold the lock of the object, and the reader owns what it
// calls.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *callback;
} Button;

static void button_dealloc(PyObject *object) {
  Button *self = (Button *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->callback);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *button_on_click(PyObject *op, PyObject *callback) {
  Button *self = (Button *)op;
  Py_BEGIN_CRITICAL_SECTION(op);
  Py_XSETREF(self->callback, Py_NewRef(callback));
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *button_click(PyObject *op, PyObject *unused) {
  Button *self = (Button *)op;
  PyObject *callback;
  Py_BEGIN_CRITICAL_SECTION(op);
  callback = Py_XNewRef(self->callback);
  Py_END_CRITICAL_SECTION();
  if (callback == NULL) {
    Py_RETURN_NONE;
  }
  PyObject *result = PyObject_CallOneArg(callback, op);
  Py_DECREF(callback);
  return result;
}

static PyMethodDef button_methods[] = {
    {"on_click", button_on_click, METH_O, NULL},
    {"click", button_click, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot button_slots[] = {
    {Py_tp_dealloc, button_dealloc},
    {Py_tp_methods, button_methods},
    {0, NULL},
};

static PyType_Spec button_spec = {
    .name = "good.Button",
    .basicsize = sizeof(Button),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = button_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&button_spec);
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
    .m_name = "raw_owned_field_read_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_good(void) {
  return PyModuleDef_Init(&definition);
}

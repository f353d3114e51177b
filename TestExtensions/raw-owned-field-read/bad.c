// One thread calls the callback while another replaces it: what is called may be freed already.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *callback;  // expect: raw-owned-field-read
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
  Py_XSETREF(self->callback, Py_NewRef(callback));
  Py_RETURN_NONE;
}

static PyObject *button_click(PyObject *op, PyObject *unused) {
  Button *self = (Button *)op;
  if (self->callback == NULL) {
    Py_RETURN_NONE;
  }
  return PyObject_CallOneArg(self->callback, op);
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
    .name = "bad.Button",
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "raw_owned_field_read_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_bad(void) {
  return PyModuleDef_Init(&definition);
}

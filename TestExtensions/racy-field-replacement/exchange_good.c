// An atomic exchange: each old object is got by one thread alone.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *pending;
} Mailbox;

static void mailbox_dealloc(PyObject *object) {
  Mailbox *self = (Mailbox *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->pending);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *mailbox_post(PyObject *op, PyObject *message) {
  Mailbox *self = (Mailbox *)op;
  Py_INCREF(message);
  PyObject *old = __atomic_exchange_n(&self->pending, message, __ATOMIC_ACQ_REL);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *mailbox_take(PyObject *op, PyObject *unused) {
  Mailbox *self = (Mailbox *)op;
  PyObject *message = __atomic_exchange_n(&self->pending, NULL, __ATOMIC_ACQ_REL);
  return message != NULL ? message : Py_NewRef(Py_None);
}

static PyMethodDef mailbox_methods[] = {
    {"post", mailbox_post, METH_O, NULL},
    {"take", mailbox_take, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot mailbox_slots[] = {
    {Py_tp_dealloc, mailbox_dealloc},
    {Py_tp_methods, mailbox_methods},
    {0, NULL},
};

static PyType_Spec mailbox_spec = {
    .name = "exchange.Mailbox",
    .basicsize = sizeof(Mailbox),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = mailbox_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&mailbox_spec);
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
    .m_name = "racy_field_replacement_exchange_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_exchange_good(void) {
  return PyModuleDef_Init(&definition);
}

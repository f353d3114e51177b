// A private list, and a shared one of which one call does both steps.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *log;
} Journal;

static PyObject *journal_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Journal *self = (Journal *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->log = PyList_New(0);
  if (self->log == NULL) {
    Py_DECREF(self);
    return NULL;
  }
  return (PyObject *)self;
}

static void journal_dealloc(PyObject *op) {
  Journal *self = (Journal *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->log);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *journal_note(Journal *self, PyObject *entry) {
  return PyList_Append(self->log, entry) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *journal_last(Journal *self, PyObject *unused) {
  PyObject *copy = PyList_GetSlice(self->log, 0, PY_SSIZE_T_MAX);
  if (copy == NULL) {
    return NULL;
  }
  Py_ssize_t size = PyList_Size(copy);
  PyObject *last = size > 0 ? PyList_GetItem(copy, size - 1) : Py_None;
  Py_XINCREF(last);
  if (last != NULL && size > 0 && PyList_SetItem(copy, size - 1, Py_NewRef(Py_None)) < 0) {
    Py_CLEAR(last);
  }
  Py_DECREF(copy);
  return last;
}

static PyObject *journal_length(Journal *self, PyObject *unused) {
  return PyLong_FromSsize_t(PyList_Size(self->log));
}

static PyMethodDef journal_methods[] = {
    {"note", (PyCFunction)journal_note, METH_O, NULL},
    {"last", (PyCFunction)journal_last, METH_NOARGS, NULL},
    {"length", (PyCFunction)journal_length, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot journal_slots[] = {
    {Py_tp_new, journal_new},
    {Py_tp_dealloc, journal_dealloc},
    {Py_tp_methods, journal_methods},
    {0, NULL},
};

static PyType_Spec journal_spec = {
    .name = "private_list.Journal",
    .basicsize = sizeof(Journal),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = journal_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&journal_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "check_then_act_private_list_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_check_then_act_private_list_good(void) {
  return PyModuleDef_Init(&module_def);
}

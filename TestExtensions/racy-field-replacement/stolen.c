// PyErr_Restore steals the reference of the field: two threads at once steal it twice.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  // expect-missing: racy-field-replacement  what a call steals is not taken for a drop of the field
  PyObject *failure;
} Task;

static void task_dealloc(PyObject *object) {
  Task *self = (Task *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->failure);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *task_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *failure;
  if (!PyArg_ParseTuple(args, "O", &failure)) {
    return NULL;
  }
  if (!PyExceptionClass_Check(failure)) {
    PyErr_SetString(PyExc_TypeError, "exception class");
    return NULL;
  }
  Task *self = (Task *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->failure = Py_NewRef(failure);
  }
  return (PyObject *)self;
}

static PyObject *task_result(PyObject *op, PyObject *unused) {
  Task *self = (Task *)op;
  if (self->failure != NULL) {
    PyErr_Restore(self->failure, NULL, NULL);
    self->failure = NULL;
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyMethodDef task_methods[] = {
    {"result", task_result, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot task_slots[] = {
    {Py_tp_new, task_new},
    {Py_tp_dealloc, task_dealloc},
    {Py_tp_methods, task_methods},
    {0, NULL},
};

static PyType_Spec task_spec = {
    .name = "stolen.Task",
    .basicsize = sizeof(Task),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = task_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&task_spec);
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
    // expect-missing: declared-safe-but-hazardous  the hazard is not found
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "racy_field_replacement_stolen",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_stolen(void) {
  return PyModuleDef_Init(&definition);
}

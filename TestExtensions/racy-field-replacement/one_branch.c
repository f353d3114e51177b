// The lock is taken on one of two ways, and so protects neither.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *error;  // expect: racy-field-replacement
} Task;

static void task_dealloc(PyObject *object) {
  Task *self = (Task *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->error);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *task_fail(PyObject *op, PyObject *args) {
  Task *self = (Task *)op;
  PyObject *error;
  int careful;
  if (!PyArg_ParseTuple(args, "Op", &error, &careful)) {
    return NULL;
  }
  if (careful) {
    Py_BEGIN_CRITICAL_SECTION(op);
    Py_XSETREF(self->error, Py_NewRef(error));
    Py_END_CRITICAL_SECTION();
  } else {
    Py_XSETREF(self->error, Py_NewRef(error));
  }
  Py_RETURN_NONE;
}

static PyMethodDef task_methods[] = {
    {"fail", task_fail, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot task_slots[] = {
    {Py_tp_dealloc, task_dealloc},
    {Py_tp_methods, task_methods},
    {0, NULL},
};

static PyType_Spec task_spec = {
    .name = "one_branch.Task",
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "racy_field_replacement_one_branch",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_one_branch(void) {
  return PyModuleDef_Init(&definition);
}

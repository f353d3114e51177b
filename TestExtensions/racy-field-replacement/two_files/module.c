// The output is replaced in finish.c and cleared here; the input is never replaced.
#include <Python.h>
#include "job.h"

static PyObject *job_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *input;
  if (!PyArg_ParseTuple(args, "O", &input)) {
    return NULL;
  }
  Job *self = (Job *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->input = Py_NewRef(input);
  }
  return (PyObject *)self;
}

static void job_dealloc(PyObject *object) {
  Job *self = (Job *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->input);
  Py_XDECREF(self->output);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *job_restart(PyObject *op, PyObject *unused) {
  Job *self = (Job *)op;
  Py_CLEAR(self->output);
  return Py_NewRef(self->input);
}

static PyMethodDef job_methods[] = {
    {"restart", job_restart, METH_NOARGS, NULL},
    {"finish", racy_field_replacement_two_files_finish, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot job_slots[] = {
    {Py_tp_new, job_new},
    {Py_tp_dealloc, job_dealloc},
    {Py_tp_methods, job_methods},
    {0, NULL},
};

static PyType_Spec job_spec = {
    .name = "two_files.Job",
    .basicsize = sizeof(Job),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = job_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&job_spec);
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
    .m_name = "racy_field_replacement_two_files",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_two_files(void) {
  return PyModuleDef_Init(&definition);
}

// The helper for the work returns from many places; it has no section, its caller has.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  int open;
  long position;
} Tape;

static int tape_seek_lock_held(Tape *self, long target) {
  if (!self->open) {
    PyErr_SetString(PyExc_RuntimeError, "the tape is closed");
    return -1;
  }
  while (self->position != target) {
    if (self->position < 0) {
      return 0;
    }
    self->position += self->position < target ? 1 : -1;
  }
  return 1;
}

static PyObject *tape_open(PyObject *op, PyObject *unused) {
  Py_BEGIN_CRITICAL_SECTION(op);
  ((Tape *)op)->open = 1;
  ((Tape *)op)->position = 0;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *tape_seek(PyObject *op, PyObject *number) {
  if (!PyLong_Check(number)) {
    PyErr_SetString(PyExc_TypeError, "an int");
    return NULL;
  }
  long target = PyLong_AsLong(number);
  if (target < 0) {
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_False);
  }
  int result;
  Py_BEGIN_CRITICAL_SECTION(op);
  result = tape_seek_lock_held((Tape *)op, target);
  Py_END_CRITICAL_SECTION();
  if (result < 0) {
    return NULL;
  }
  return PyBool_FromLong(result);
}

static PyMethodDef tape_methods[] = {
    {"open", tape_open, METH_NOARGS, NULL},
    {"seek", tape_seek, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot tape_slots[] = {
    {Py_tp_methods, tape_methods},
    {0, NULL},
};

static PyType_Spec tape_spec = {
    .name = "helper_good.Tape",
    .basicsize = sizeof(Tape),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = tape_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&tape_spec);
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
    .m_name = "critical_section_escape_helper_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_helper_good(void) {
  return PyModuleDef_Init(&definition);
}

// A macro of the package returns; that it does so inside a section is not to be seen where it is used.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#define REQUIRE(condition, message)                 \
  do {                                              \
    if (!(condition)) {                             \
      PyErr_SetString(PyExc_RuntimeError, message); \
      return NULL;                                  \
    }                                               \
  } while (0)

typedef struct {
  PyObject_HEAD
  int open;
  long position;
} Tape;

static PyObject *tape_open(PyObject *op, PyObject *unused) {
  Py_BEGIN_CRITICAL_SECTION(op);
  ((Tape *)op)->open = 1;
  ((Tape *)op)->position = 0;
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *tape_step(PyObject *op, PyObject *unused) {
  Tape *self = (Tape *)op;
  long position;
  Py_BEGIN_CRITICAL_SECTION(op);  // expect: critical-section-escape
  REQUIRE(self->open, "the tape is closed");
  position = ++self->position;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLong(position);
}

static PyMethodDef tape_methods[] = {
    {"open", tape_open, METH_NOARGS, NULL},
    {"step", tape_step, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot tape_slots[] = {
    {Py_tp_methods, tape_methods},
    {0, NULL},
};

static PyType_Spec tape_spec = {
    .name = "macro_bad.Tape",
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "critical_section_escape_macro_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_macro_bad(void) {
  return PyModuleDef_Init(&definition);
}

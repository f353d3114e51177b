// Fields of objects that the module makes of itself are set while it is imported, and then read.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  const char *name;
  int code;
  int flags;
} Constant;

static PyTypeObject Constant_Type;

static void constant_configure(Constant *constant, const char *name, int code) {
  constant->name = name;
  constant->code = code;
  constant->flags |= code > 1;
}

static int add_constant(PyObject *module, const char *name, int code) {
  Constant *constant = PyObject_New(Constant, &Constant_Type);
  if (constant == NULL) {
    return -1;
  }
  constant->flags = 0;
  int result = PyModule_AddObjectRef(module, name, (PyObject *)constant);
  constant_configure(constant, name, code);
  Py_DECREF(constant);
  return result;
}

static PyObject *constant_repr(PyObject *op) {
  const Constant *constant = (Constant *)op;
  return PyUnicode_FromFormat("<%s = %d>", constant->name, constant->code);
}

static PyObject *constant_int(PyObject *op) {
  return PyLong_FromLong(((Constant *)op)->code + ((Constant *)op)->flags);
}

static PyNumberMethods constant_as_number = {
    .nb_int = constant_int,
};

static PyTypeObject Constant_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "module_init.Constant",
    .tp_basicsize = sizeof(Constant),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_repr = constant_repr,
    .tp_as_number = &constant_as_number,
};

static int exec_constants(PyObject *module) {
  if (PyModule_AddType(module, &Constant_Type) < 0) {
    return -1;
  }
  return add_constant(module, "LOW", 1) < 0 || add_constant(module, "HIGH", 2) < 0 ? -1 : 0;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, exec_constants},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_module_init_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_module_init_good(void) {
  return PyModuleDef_Init(&module_def);
}

// The project's macro replaces the field.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *state;  // expect: racy-field-replacement
} Machine;

#define REPLACE(object, field, value)          \
  do {                                         \
    PyObject *dropped = (object)->field;       \
    (object)->field = (value);                 \
    Py_XDECREF(dropped);                       \
  } while (0)

static void machine_dealloc(PyObject *object) {
  Machine *self = (Machine *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->state);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *machine_enter(PyObject *op, PyObject *state) {
  Machine *machine = (Machine *)op;
  REPLACE(machine, state, Py_NewRef(state));
  Py_RETURN_NONE;
}

static PyMethodDef machine_methods[] = {
    {"enter", machine_enter, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot machine_slots[] = {
    {Py_tp_dealloc, machine_dealloc},
    {Py_tp_methods, machine_methods},
    {0, NULL},
};

static PyType_Spec machine_spec = {
    .name = "macro.Machine",
    .basicsize = sizeof(Machine),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = machine_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&machine_spec);
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
    .m_name = "racy_field_replacement_macro",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_macro(void) {
  return PyModuleDef_Init(&definition);
}

// The project's own ENTER and LEAVE, and a helper that its callers lock for.
#include <Python.h>

#ifdef Py_GIL_DISABLED
#define ENTER(op) PyCriticalSection section; PyCriticalSection_Begin(&section, (PyObject *)(op))
#define LEAVE() PyCriticalSection_End(&section)
#else
#define ENTER(op) (void)(op)
#define LEAVE() (void)0
#endif

typedef struct {
  PyObject_HEAD
  int row;
  int column;
} Terminal;

// The caller is inside ENTER.
static void newline_lock_held(Terminal *self) {
  self->row += 1;
  self->column = 0;
}

static void put_lock_held(Terminal *self, const char *text, Py_ssize_t size) {
  for (Py_ssize_t i = 0; i < size; i++) {
    if (text[i] == '\n') {
      newline_lock_held(self);
    } else {
      self->column += 1;
    }
  }
}

static void terminal_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *terminal_write(PyObject *op, PyObject *arg) {
  Py_ssize_t size;
  const char *text = PyUnicode_AsUTF8AndSize(arg, &size);
  if (text == NULL) {
    return NULL;
  }
  ENTER(op);
  put_lock_held((Terminal *)op, text, size);
  LEAVE();
  Py_RETURN_NONE;
}

static PyObject *terminal_where(PyObject *op, PyObject *unused) {
  Terminal *self = (Terminal *)op;
  int row, column;
  ENTER(op);
  row = self->row;
  column = self->column;
  LEAVE();
  return Py_BuildValue("(ii)", row, column);
}

static PyObject *terminal_clear(PyObject *op, PyObject *unused) {
  ENTER(op);
  ((Terminal *)op)->row = 0;
  newline_lock_held((Terminal *)op);
  LEAVE();
  Py_RETURN_NONE;
}

static PyMethodDef terminal_methods[] = {
    {"write", (PyCFunction)terminal_write, METH_O, NULL},
    {"where", (PyCFunction)terminal_where, METH_NOARGS, NULL},
    {"clear", (PyCFunction)terminal_clear, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot terminal_slots[] = {
    {Py_tp_dealloc, terminal_dealloc},
    {Py_tp_methods, terminal_methods},
    {0, NULL},
};

static PyType_Spec terminal_spec = {
    .name = "enter_leave.Terminal",
    .basicsize = sizeof(Terminal),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = terminal_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&terminal_spec);
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
    .m_name = "unsynchronised_field_enter_leave_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_enter_leave_good(void) {
  return PyModuleDef_Init(&module_def);
}

// The region calls a helper, and that one writes the fields of the object.
#define PY_SSIZE_T_CLEAN
#include <Python.h>

typedef struct {
  PyObject_HEAD
  unsigned long lines;  // expect: unsynchronised-field
  unsigned long bytes;
} Counter;

static void counter_feed(Counter *self, const char *text, Py_ssize_t size) {
  unsigned long lines = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    lines += text[i] == '\n';
  }
  self->lines += lines;         // expect: shared-state-while-detached
  self->bytes += (size_t)size;
}

static PyObject *counter_update(PyObject *op, PyObject *args) {
  const char *text;
  Py_ssize_t size;
  if (!PyArg_ParseTuple(args, "y#", &text, &size)) {
    return NULL;
  }
  Py_BEGIN_ALLOW_THREADS
  counter_feed((Counter *)op, text, size);
  Py_END_ALLOW_THREADS
  Py_RETURN_NONE;
}

static PyObject *counter_result(PyObject *op, PyObject *unused) {
  Counter *self = (Counter *)op;
  return Py_BuildValue("kk", self->lines, self->bytes);
}

static PyMethodDef counter_methods[] = {
    {"update", counter_update, METH_VARARGS, NULL},
    {"result", counter_result, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot counter_slots[] = {
    {Py_tp_methods, counter_methods},
    {0, NULL},
};

static PyType_Spec counter_spec = {
    .name = "helper_bad.Counter",
    .basicsize = sizeof(Counter),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = counter_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&counter_spec);
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
    .m_name = "shared_state_while_detached_helper_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_state_while_detached_helper_bad(void) {
  return PyModuleDef_Init(&definition);
}

// The number of exports is counted by assignments, as Cython writes it.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  // expect-wrong: unsynchronised-field  it is the counter of exports
  int exports;  // expect-missing: buffer-export-counter  a count by assignment is not told from other writes
} View;

static int view_getbuffer(View *self, Py_buffer *buffer, int flags) {
  self->exports = self->exports + 1;
  return PyBuffer_FillInfo(buffer, (PyObject *)self, "x", 1, 1, flags);
}

static void view_releasebuffer(View *self, Py_buffer *buffer) {
  self->exports = self->exports - 1;
}

static PyObject *view_check(View *self, PyObject *unused) {
  if (self->exports) {
    PyErr_SetString(PyExc_BufferError, "exported");
    return NULL;
  }
  Py_RETURN_NONE;
}

static void view_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef view_methods[] = {
    {"check", (PyCFunction)view_check, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot view_slots[] = {
    {Py_tp_dealloc, view_dealloc},
    {Py_tp_methods, view_methods},
    {Py_bf_getbuffer, view_getbuffer},
    {Py_bf_releasebuffer, view_releasebuffer},
    {0, NULL},
};

static PyType_Spec view_spec = {
    .name = "buffer_export_counter_assigned_bad.View",
    .basicsize = sizeof(View),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = view_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&view_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "buffer_export_counter_assigned_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_buffer_export_counter_assigned_bad(void) {
  return PyModuleDef_Init(&module_def);
}

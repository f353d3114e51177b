// The counter is atomic, and the memory stays where it is as long as the object lives.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  unsigned int exports;
  char text[64];
} Banner;

static PyObject *banner_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  const char *text = "";
  if (!PyArg_ParseTuple(args, "|s:Banner", &text)) {
    return NULL;
  }
  Banner *self = (Banner *)type->tp_alloc(type, 0);
  if (self != NULL) {
    PyOS_snprintf(self->text, sizeof(self->text), "%s", text);
  }
  return (PyObject *)self;
}

static void banner_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static int banner_getbuffer(PyObject *op, Py_buffer *view, int flags) {
  Banner *self = (Banner *)op;
  int result = PyBuffer_FillInfo(view, op, self->text, sizeof(self->text), 1, flags);
  if (result == 0) {
    __atomic_add_fetch(&self->exports, 1, __ATOMIC_ACQ_REL);
  }
  return result;
}

static void banner_releasebuffer(PyObject *op, Py_buffer *view) {
  __atomic_sub_fetch(&((Banner *)op)->exports, 1, __ATOMIC_ACQ_REL);
}

static PyObject *banner_exports(Banner *self, PyObject *unused) {
  return PyLong_FromUnsignedLong(__atomic_load_n(&self->exports, __ATOMIC_ACQUIRE));
}

static PyMethodDef banner_methods[] = {
    {"exports", (PyCFunction)banner_exports, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot banner_slots[] = {
    {Py_tp_new, banner_new},
    {Py_tp_dealloc, banner_dealloc},
    {Py_tp_methods, banner_methods},
    {Py_bf_getbuffer, banner_getbuffer},
    {Py_bf_releasebuffer, banner_releasebuffer},
    {0, NULL},
};

static PyType_Spec banner_spec = {
    .name = "atomic.Banner",
    .basicsize = sizeof(Banner),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = banner_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&banner_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "buffer_export_counter_atomic_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_buffer_export_counter_atomic_good(void) {
  return PyModuleDef_Init(&moduledef);
}

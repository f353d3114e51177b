// Types of the module get their type while it is made; fields that only share a name are the package's own.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  double low, high;
} Span;

typedef struct {
  const char *ob_type;
  long ob_size;
  int ob_refcnt;
} Record;

static PyTypeObject Span_Type = {
    PyVarObject_HEAD_INIT(NULL, 0).tp_name = "init_good.Span",
    .tp_basicsize = sizeof(Span),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static int exec_module(PyObject *module) {
  Py_SET_TYPE(&Span_Type, &PyType_Type);
  Span_Type.tp_new = PyType_GenericNew;
  return PyModule_AddType(module, &Span_Type);
}

static PyObject *summary(PyObject *module, PyObject *object) {
  Record record = {Py_TYPE(object)->tp_name, 0, 0};
  if (PyTuple_Check(object) || PyBytes_Check(object)) {
    record.ob_size = (long)Py_SIZE(object);
  }
  record.ob_refcnt = record.ob_size > 0;
  return Py_BuildValue("sli", record.ob_type, record.ob_size, record.ob_refcnt);
}

static PyMethodDef methods[] = {
    {"summary", summary, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "object_header_access_init_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_object_header_access_init_good(void) {
  return PyModuleDef_Init(&definition);
}

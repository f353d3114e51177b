// The setter locks. The getters do not, and a reference taken from a freed object is no reference.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *title;  // expect: raw-owned-field-read
  PyObject *body;  // expect: raw-owned-field-read
} Page;

static void page_dealloc(PyObject *object) {
  Page *self = (Page *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->title);
  Py_XDECREF(self->body);
  type->tp_free(object);
  Py_DECREF(type);
}

static int page_set(PyObject *op, PyObject *value, void *closure) {
  Page *self = (Page *)op;
  Py_BEGIN_CRITICAL_SECTION(self);
  if (closure != NULL) {
    Py_XSETREF(self->body, Py_XNewRef(value));
  } else {
    Py_XSETREF(self->title, Py_XNewRef(value));
  }
  Py_END_CRITICAL_SECTION();
  return 0;
}

static PyObject *page_get_title(PyObject *op, void *closure) {
  PyObject *title = ((Page *)op)->title;
  if (title == NULL) {
    Py_RETURN_NONE;
  }
  Py_INCREF(title);
  return title;
}

static PyObject *page_get_body(PyObject *op, void *closure) {
  Page *self = (Page *)op;
  return self->body ? Py_NewRef(self->body) : Py_NewRef(Py_None);
}

static PyGetSetDef page_getset[] = {
    {"title", page_get_title, page_set, NULL, NULL},
    {"body", page_get_body, page_set, NULL, "body"},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot page_slots[] = {
    {Py_tp_dealloc, page_dealloc},
    {Py_tp_getset, page_getset},
    {0, NULL},
};

static PyType_Spec page_spec = {
    .name = "incref.Page",
    .basicsize = sizeof(Page),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = page_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&page_spec);
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
    .m_name = "raw_owned_field_read_incref",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_owned_field_read_incref(void) {
  return PyModuleDef_Init(&definition);
}

// The object is made by a function that gets the allocating function as an argument.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  // expect-wrong: unsynchronised-field  the function that makes the object is called by a pointer
  char bytes[16];
} Id;

static PyTypeObject *id_type;

typedef PyObject *(*maker)(PyTypeObject *, Py_ssize_t);

static PyObject *id_allocate(PyTypeObject *type, Py_ssize_t count) {
  return type->tp_alloc(type, count);
}

static PyObject *call_maker(maker make, PyTypeObject *type) { return make(type, 0); }

static PyObject *from_bytes(PyObject *module, PyObject *arg) {
  char *bytes;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(arg, &bytes, &size) < 0) {
    return NULL;
  }
  Id *id = (Id *)call_maker(id_allocate, id_type);
  if (id == NULL) {
    return NULL;
  }
  memcpy(id->bytes, bytes, (size_t)(size < 16 ? size : 16));
  return (PyObject *)id;
}

static PyObject *id_get(Id *self, PyObject *unused) {
  return PyBytes_FromStringAndSize(self->bytes, 16);
}

static void id_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef id_methods[] = {
    {"get", (PyCFunction)id_get, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot id_slots[] = {
    {Py_tp_dealloc, id_dealloc},
    {Py_tp_methods, id_methods},
    {0, NULL},
};

static PyType_Spec id_spec = {
    .name = "unsynchronised_field_new_by_pointer_good.Id",
    .basicsize = sizeof(Id),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = id_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&id_spec);
  if (type == NULL) {
    return -1;
  }
  id_type = (PyTypeObject *)Py_NewRef(type);
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyMethodDef module_methods[] = {
    {"from_bytes", from_bytes, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    // expect-wrong: declared-safe-but-hazardous  there is no hazard
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_new_by_pointer_good",
    .m_methods = module_methods,
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_new_by_pointer_good(void) {
  return PyModuleDef_Init(&module_def);
}

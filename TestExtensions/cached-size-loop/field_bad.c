// The list is a field that methods append to and cut; 'longest' goes through it without a lock.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *names;
} Directory;

static PyObject *directory_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Directory *self = (Directory *)type->tp_alloc(type, 0);
  if (self != NULL && (self->names = PyList_New(0)) == NULL) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void directory_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(((Directory *)op)->names);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *directory_add(PyObject *op, PyObject *name) {
  if (!PyUnicode_Check(name)) {
    PyErr_SetString(PyExc_TypeError, "a str");
    return NULL;
  }
  return PyList_Append(((Directory *)op)->names, name) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *directory_clear(PyObject *op, PyObject *unused) {
  PyObject *names = ((Directory *)op)->names;
  return PyList_SetSlice(names, 0, PY_SSIZE_T_MAX, NULL) < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *directory_longest(PyObject *op, PyObject *unused) {
  Directory *self = (Directory *)op;
  Py_ssize_t longest = 0;
  const Py_ssize_t count = PyList_Size(self->names);  // expect: cached-size-loop
  for (Py_ssize_t i = count - 1; i >= 0; i--) {
    // expect: borrowed-from-shared-container
    Py_ssize_t length = PyUnicode_GetLength(PyList_GET_ITEM(self->names, i));
    longest = length > longest ? length : longest;
  }
  return PyLong_FromSsize_t(longest);
}

static PyMethodDef directory_methods[] = {
    {"add", directory_add, METH_O, NULL},
    {"clear", directory_clear, METH_NOARGS, NULL},
    {"longest", directory_longest, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot directory_slots[] = {
    {Py_tp_new, directory_new},
    {Py_tp_dealloc, directory_dealloc},
    {Py_tp_methods, directory_methods},
    {0, NULL},
};

static PyType_Spec directory_spec = {
    .name = "field_bad.Directory",
    .basicsize = sizeof(Directory),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = directory_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&directory_spec);
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
    .m_name = "cached_size_loop_field_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_cached_size_loop_field_bad(void) {
  return PyModuleDef_Init(&definition);
}

// The owner is shared as well: the borrow is too weak already before it is stored.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *head;
} Cursor;

static PyObject *cursor_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *list;
  if (!PyArg_ParseTuple(args, "O!", &PyList_Type, &list)) {
    return NULL;
  }
  PyObject *head = PyList_GetItem(list, 0);  // expect: borrowed-from-shared-container
  if (head == NULL) {
    return NULL;
  }
  Cursor *self = (Cursor *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->head = head;  // expect: stored-borrowed-reference
  }
  return (PyObject *)self;
}

static void cursor_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *cursor_head(PyObject *self, PyObject *unused) {
  return Py_NewRef(((Cursor *)self)->head);
}

static PyMethodDef cursor_methods[] = {
    {"head", cursor_head, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot cursor_slots[] = {
    {Py_tp_new, cursor_new},
    {Py_tp_dealloc, cursor_dealloc},
    {Py_tp_methods, cursor_methods},
    {0, NULL},
};

static PyType_Spec cursor_spec = {
    .name = "uncovered.Cursor",
    .basicsize = sizeof(Cursor),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = cursor_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&cursor_spec);
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
    .m_name = "stored_borrowed_reference_uncovered",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_uncovered(void) {
  return PyModuleDef_Init(&definition);
}

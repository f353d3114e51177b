// The owner and the reference change their names and types between the borrow and the use.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *rows;
} Grid;

static PyObject *grid_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Grid *self = (Grid *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->rows = PyList_New(0);
    if (self->rows == NULL) {
      Py_CLEAR(self);
    }
  }
  return (PyObject *)self;
}

static void grid_dealloc(PyObject *object) {
  Grid *self = (Grid *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->rows);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *grid_add(PyObject *self, PyObject *row) {
  if (PyList_Append(((Grid *)self)->rows, row) < 0) {
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *grid_first(PyObject *op, PyObject *unused) {
  Grid *self = (Grid *)op;
  PyListObject *rows = (PyListObject *)self->rows;
  PyObject *same = (PyObject *)rows;
  if (Py_SIZE(rows) == 0) {
    Py_RETURN_NONE;
  }
  PyObject *item = PyList_GET_ITEM(same, 0);  // expect: borrowed-from-shared-container
  PyLongObject *number = (PyLongObject *)item;
  PyObject *result = (PyObject *)number;
  Py_INCREF(result);
  return result;
}

static PyMethodDef grid_methods[] = {
    {"add", grid_add, METH_O, NULL},
    {"first", grid_first, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot grid_slots[] = {
    {Py_tp_new, grid_new},
    {Py_tp_dealloc, grid_dealloc},
    {Py_tp_methods, grid_methods},
    {0, NULL},
};

static PyType_Spec grid_spec = {
    .name = "alias.Grid",
    .basicsize = sizeof(Grid),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = grid_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&grid_spec);
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
    .m_name = "borrowed_from_shared_container_alias",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_alias(void) {
  return PyModuleDef_Init(&definition);
}

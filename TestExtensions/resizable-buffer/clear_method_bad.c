// tp_clear has the world to itself; the method that calls the same function has not.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *owner;
  int *cells;  // expect: resizable-buffer
  Py_ssize_t count;
} Sheet;

static PyObject *sheet_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *owner = Py_None;
  if (!PyArg_ParseTuple(args, "|O:Sheet", &owner)) {
    return NULL;
  }
  Sheet *self = (Sheet *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->owner = Py_NewRef(owner);
  self->cells = PyMem_Calloc(64, sizeof(int));
  self->count = self->cells != NULL ? 64 : 0;
  return (PyObject *)self;
}

static void free_cells(Sheet *self) {
  self->count = 0;
  PyMem_Free(self->cells);
  self->cells = NULL;
}

static int sheet_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(((Sheet *)op)->owner);
  return 0;
}

static int sheet_clear(PyObject *op) {
  free_cells((Sheet *)op);
  return 0;
}

static void sheet_dealloc(PyObject *op) {
  Sheet *self = (Sheet *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  free_cells(self);
  Py_CLEAR(self->owner);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *sheet_wipe(PyObject *op, PyObject *unused) {
  sheet_clear(op);
  Py_RETURN_NONE;
}

static PyObject *sheet_item(PyObject *op, Py_ssize_t index) {
  Sheet *self = (Sheet *)op;
  if (index < 0 || index >= self->count) {
    PyErr_SetString(PyExc_IndexError, "no such cell");
    return NULL;
  }
  return PyLong_FromLong(self->cells[index]);
}

static PyMethodDef sheet_methods[] = {
    {"wipe", (PyCFunction)sheet_wipe, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot sheet_slots[] = {
    {Py_tp_new, sheet_new},
    {Py_tp_traverse, sheet_traverse},
    {Py_tp_clear, sheet_clear},
    {Py_tp_dealloc, sheet_dealloc},
    {Py_tp_methods, sheet_methods},
    {Py_sq_item, sheet_item},
    {0, NULL},
};

static PyType_Spec sheet_spec = {
    .name = "clear_method.Sheet",
    .basicsize = sizeof(Sheet),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = sheet_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&sheet_spec);
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
    .m_name = "resizable_buffer_clear_method_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_clear_method_bad(void) {
  return PyModuleDef_Init(&definition);
}

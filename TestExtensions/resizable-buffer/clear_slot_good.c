// The memory ends in tp_clear and in tp_finalize only, when nobody uses the object any more.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *owner;
  int *cells;
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
  for (int i = 0; i < (int)self->count; i++) {
    self->cells[i] = i;
  }
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
  Py_CLEAR(((Sheet *)op)->owner);
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

static PyObject *sheet_item(PyObject *op, Py_ssize_t index) {
  Sheet *self = (Sheet *)op;
  if (index < 0 || index >= self->count) {
    PyErr_SetString(PyExc_IndexError, "no such cell");
    return NULL;
  }
  return PyLong_FromLong(self->cells[index]);
}

static PyObject *sheet_total(Sheet *self, PyObject *unused) {
  long total = 0;
  for (Py_ssize_t i = 0; i < self->count; i++) {
    total += self->cells[i];
  }
  return PyLong_FromLong(total);
}

static PyMethodDef sheet_methods[] = {
    {"total", (PyCFunction)sheet_total, METH_NOARGS, NULL},
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
    .name = "clear_slot.Sheet",
    .basicsize = sizeof(Sheet),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = sheet_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&sheet_spec);
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
    .m_name = "resizable_buffer_clear_slot_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_clear_slot_good(void) {
  return PyModuleDef_Init(&moduledef);
}

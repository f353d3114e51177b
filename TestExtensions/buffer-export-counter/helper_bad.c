// A static type, a view of two dimensions, and the counting in helpers of both slots.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  Py_ssize_t view_count;  // expect: buffer-export-counter
  Py_ssize_t shape[2];
  double cells[16];
} Matrix;

static inline void hold(Matrix *matrix) {
  matrix->view_count += 1;
}

static inline void unhold(Matrix *matrix) {
  matrix->view_count -= 1;
}

static PyObject *matrix_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Matrix *self = (Matrix *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->shape[0] = self->shape[1] = 4;
  }
  return (PyObject *)self;
}

static int matrix_getbuffer(PyObject *op, Py_buffer *view, int flags) {
  Matrix *self = (Matrix *)op;
  if ((flags & PyBUF_ND) != PyBUF_ND) {
    PyErr_SetString(PyExc_BufferError, "a matrix has two dimensions");
    return -1;
  }
  view->buf = self->cells;
  view->obj = Py_NewRef(op);
  view->len = sizeof(self->cells);
  view->itemsize = sizeof(double);
  view->readonly = 1;
  view->ndim = 2;
  view->format = (flags & PyBUF_FORMAT) ? "d" : NULL;
  view->shape = self->shape;
  view->strides = NULL;
  view->suboffsets = NULL;
  view->internal = NULL;
  hold(self);
  return 0;
}

static void matrix_releasebuffer(PyObject *op, Py_buffer *view) {
  unhold((Matrix *)op);
}

static PyBufferProcs matrix_as_buffer = {
    .bf_getbuffer = matrix_getbuffer,
    .bf_releasebuffer = matrix_releasebuffer,
};

static PyTypeObject Matrix_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "helper.Matrix",
    .tp_basicsize = sizeof(Matrix),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = matrix_new,
    .tp_as_buffer = &matrix_as_buffer,
};

static int module_exec(PyObject *module) {
  return PyModule_AddType(module, &Matrix_Type);
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
    .m_name = "buffer_export_counter_helper_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_buffer_export_counter_helper_bad(void) {
  return PyModuleDef_Init(&module_def);
}

// The macro that makes sure that the buffer is there stands at the top of each method.
#include <Python.h>
#include <stdlib.h>

typedef struct {
  PyObject_HEAD
  int size;
  double *window;  // expect: lazily-cached-field
} Smoother;

static double *make_window(int size) {
  double *window = PyMem_Malloc((size_t)size * sizeof(double));
  for (int i = 0; window != NULL && i < size; i++) {
    window[i] = 1.0 / (1 + i);
  }
  return window;
}

#define WINDOW(op) (((Smoother *)(op))->window)
#define ENSURE_WINDOW(op)                                                   \
  if (!WINDOW(op) && !(WINDOW(op) = make_window(((Smoother *)(op))->size))) \
  return PyErr_NoMemory()

static PyObject *smoother_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int size = 16;
  if (!PyArg_ParseTuple(args, "|i:Smoother", &size)) {
    return NULL;
  }
  Smoother *self = (Smoother *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->size = size > 0 ? size : 1;
  }
  return (PyObject *)self;
}

static void smoother_dealloc(PyObject *op) {
  Smoother *self = (Smoother *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(self->window);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *smoother_weight(PyObject *op, PyObject *arg) {
  long index = PyLong_AsLong(arg);
  if (index == -1 && PyErr_Occurred()) {
    return NULL;
  }
  ENSURE_WINDOW(op);
  return PyFloat_FromDouble(WINDOW(op)[labs(index) % ((Smoother *)op)->size]);
}

static PyObject *smoother_total(PyObject *op, PyObject *unused) {
  double total = 0.0;
  ENSURE_WINDOW(op);
  for (int i = 0; i < ((Smoother *)op)->size; i++) {
    total += WINDOW(op)[i];
  }
  return PyFloat_FromDouble(total);
}

static PyMethodDef smoother_methods[] = {
    {"weight", (PyCFunction)smoother_weight, METH_O, NULL},
    {"total", (PyCFunction)smoother_total, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot smoother_slots[] = {
    {Py_tp_new, smoother_new},
    {Py_tp_dealloc, smoother_dealloc},
    {Py_tp_methods, smoother_methods},
    {0, NULL},
};

static PyType_Spec smoother_spec = {
    .name = "macro.Smoother",
    .basicsize = sizeof(Smoother),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = smoother_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&smoother_spec);
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
    .m_name = "lazily_cached_field_macro_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_macro_bad(void) {
  return PyModuleDef_Init(&definition);
}

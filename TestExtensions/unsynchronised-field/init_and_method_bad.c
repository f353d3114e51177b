// __init__ writes the bounds, and so does a method, while the sequence and number slots read them.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  Py_ssize_t low;  // expect: unsynchronised-field
} Window;

static int window_init(Window *self, PyObject *args, PyObject *kwargs) {
  static char *names[] = {"low", NULL};
  Py_ssize_t low = 0;
  if (!PyArg_ParseTupleAndKeywords(args, kwargs, "|n:Window", names, &low)) {
    return -1;
  }
  self->low = low;
  return 0;
}

static void window_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *window_shift(Window *self, PyObject *by) {
  Py_ssize_t steps = PyLong_AsSsize_t(by);
  if (steps == -1 && PyErr_Occurred()) {
    return NULL;
  }
  self->low += steps;
  return Py_NewRef((PyObject *)self);
}

static PyObject *window_item(PyObject *op, Py_ssize_t index) {
  if (index < 0 || index >= 16) {
    PyErr_SetString(PyExc_IndexError, "out of the window");
    return NULL;
  }
  return PyLong_FromSsize_t(((Window *)op)->low + index);
}

static Py_ssize_t window_length(PyObject *op) {
  return 16;
}

static PyObject *window_add(PyObject *left, PyObject *right) {
  if (Py_TYPE(left)->tp_init != (initproc)window_init || !PyLong_Check(right)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  PyObject *low = PyLong_FromSsize_t(((Window *)left)->low);
  if (low == NULL) {
    return NULL;
  }
  PyObject *sum = PyNumber_Add(low, right);
  Py_DECREF(low);
  return sum;
}

static PyMethodDef window_methods[] = {
    {"shift", (PyCFunction)window_shift, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot window_slots[] = {
    {Py_tp_init, window_init},
    {Py_tp_dealloc, window_dealloc},
    {Py_tp_methods, window_methods},
    {Py_sq_length, window_length},
    {Py_sq_item, window_item},
    {Py_nb_add, window_add},
    {0, NULL},
};

static PyType_Spec window_spec = {
    .name = "init_and_method.Window",
    .basicsize = sizeof(Window),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = window_slots,
};

static int exec_window(PyObject *module) {
  PyObject *type = PyType_FromModuleAndSpec(module, &window_spec, NULL);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, exec_window},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_init_and_method_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_init_and_method_bad(void) {
  return PyModuleDef_Init(&module_def);
}

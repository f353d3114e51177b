// A flag says that the value is there; another thread can see the flag before the value.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  double a, b, c;
  int has_area;  // expect: lazily-cached-field
  double area;
} Triangle;

static double square_root(double x) {
  double root = x > 1.0 ? x : 1.0;
  for (int i = 0; i < 60; i++) {
    root = 0.5 * (root + x / root);
  }
  return root;
}

static void need_area(Triangle *self) {
  if (!self->has_area) {
    double s = (self->a + self->b + self->c) / 2.0;
    self->area = square_root(s * (s - self->a) * (s - self->b) * (s - self->c));
    self->has_area = 1;
  }
}

static PyObject *triangle_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  double a, b, c;
  if (!PyArg_ParseTuple(args, "ddd:Triangle", &a, &b, &c)) {
    return NULL;
  }
  Triangle *self = (Triangle *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->a = a;
    self->b = b;
    self->c = c;
  }
  return (PyObject *)self;
}

static void triangle_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *triangle_get_area(Triangle *self, void *closure) {
  need_area(self);
  return PyFloat_FromDouble(self->area);
}

static PyObject *triangle_scaled(Triangle *self, PyObject *arg) {
  double factor = PyFloat_AsDouble(arg);
  if (factor == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  need_area(self);
  return PyFloat_FromDouble(self->area * factor * factor);
}

static PyMethodDef triangle_methods[] = {
    {"scaled", (PyCFunction)triangle_scaled, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef triangle_getset[] = {
    {"area", (getter)triangle_get_area, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot triangle_slots[] = {
    {Py_tp_new, triangle_new},
    {Py_tp_dealloc, triangle_dealloc},
    {Py_tp_methods, triangle_methods},
    {Py_tp_getset, triangle_getset},
    {0, NULL},
};

static PyType_Spec triangle_spec = {
    .name = "flag.Triangle",
    .basicsize = sizeof(Triangle),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = triangle_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&triangle_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lazily_cached_field_flag_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazily_cached_field_flag_bad(void) {
  return PyModuleDef_Init(&definition);
}

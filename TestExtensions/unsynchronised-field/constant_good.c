// The fields are written by tp_new and by the copier, each time in an object nobody else has yet.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  double x;
  double y;
  Py_hash_t hash;
} Point;

static PyTypeObject Point_Type;

static Py_hash_t hash_of(double x, double y) {
  Py_hash_t hash = (Py_hash_t)(x * 31.0 + y);
  return hash == -1 ? -2 : hash;
}

static void point_set(Point *point, double x, double y) {
  point->x = x;
  point->y = y;
  point->hash = hash_of(x, y);
}

static PyObject *point_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  double x, y;
  if (!PyArg_ParseTuple(args, "dd:Point", &x, &y)) {
    return NULL;
  }
  Point *self = (Point *)type->tp_alloc(type, 0);
  if (self != NULL) {
    point_set(self, x, y);
  }
  return (PyObject *)self;
}

static Point *make_point(double x, double y) {
  Point *point = PyObject_New(Point, &Point_Type);
  if (point != NULL) {
    point_set(point, x, y);
  }
  return point;
}

static PyObject *point_moved(Point *self, PyObject *args) {
  double dx, dy;
  if (!PyArg_ParseTuple(args, "dd:moved", &dx, &dy)) {
    return NULL;
  }
  Point *copy = make_point(self->x, self->y);
  if (copy == NULL) {
    return NULL;
  }
  copy->x += dx;
  copy->y += dy;
  copy->hash = hash_of(copy->x, copy->y);
  return (PyObject *)copy;
}

static PyObject *point_add(PyObject *left, PyObject *right) {
  if (!PyObject_TypeCheck(left, &Point_Type) || !PyObject_TypeCheck(right, &Point_Type)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  Point *a = (Point *)left, *b = (Point *)right;
  return (PyObject *)make_point(a->x + b->x, a->y + b->y);
}

static Py_hash_t point_hash(PyObject *op) {
  return ((Point *)op)->hash;
}

static PyObject *point_get_x(Point *self, void *closure) {
  return PyFloat_FromDouble(self->x);
}

static PyMethodDef point_methods[] = {
    {"moved", (PyCFunction)point_moved, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef point_getset[] = {
    {"x", (getter)point_get_x, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyNumberMethods point_as_number = {
    .nb_add = point_add,
};

static PyTypeObject Point_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "constant.Point",
    .tp_basicsize = sizeof(Point),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = point_new,
    .tp_hash = point_hash,
    .tp_methods = point_methods,
    .tp_getset = point_getset,
    .tp_as_number = &point_as_number,
};

static int module_exec(PyObject *module) {
  return PyModule_AddType(module, &Point_Type);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_constant_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_constant_good(void) {
  return PyModuleDef_Init(&module_def);
}

// Objects are what the object domain is for: made by PyObject_New, freed by PyObject_Free or tp_free.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  double x, y;
} Point;

static PyTypeObject *point_type;

static void point_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyObject_Free(op);
  Py_DECREF(type);
}

static PyObject *point_x(PyObject *op, PyObject *unused) {
  return PyFloat_FromDouble(((Point *)op)->x);
}

static PyMethodDef point_methods[] = {
    {"x", point_x, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot point_slots[] = {
    {Py_tp_dealloc, point_dealloc},
    {Py_tp_methods, point_methods},
    {0, NULL},
};

static PyType_Spec point_spec = {
    .name = "object_good.Point",
    .basicsize = sizeof(Point),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .slots = point_slots,
};

static int exec_module(PyObject *module) {
  point_type = (PyTypeObject *)PyType_FromSpec(&point_spec);
  return point_type == NULL ? -1 : PyModule_AddType(module, point_type);
}

static PyObject *make(double x, double y) {
  Point *point = PyObject_New(Point, point_type);
  if (point != NULL) {
    point->x = x;
    point->y = y;
  }
  return (PyObject *)point;
}

static PyObject *point(PyObject *module, PyObject *args) {
  double x, y;
  if (!PyArg_ParseTuple(args, "dd", &x, &y)) {
    return NULL;
  }
  return make(x, y);
}

static PyObject *raw_point(PyObject *module, PyObject *args) {
  double x, y;
  if (!PyArg_ParseTuple(args, "dd", &x, &y)) {
    return NULL;
  }
  Point *memory = PyObject_Malloc(sizeof(Point));
  if (memory == NULL) {
    return PyErr_NoMemory();
  }
  PyObject *object = PyObject_Init((PyObject *)memory, point_type);
  memory->x = x;
  memory->y = y;
  return object;
}

static PyMethodDef methods[] = {
    {"point", point, METH_VARARGS, NULL},
    {"raw_point", raw_point, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "allocator_domain_object_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_allocator_domain_object_good(void) {
  return PyModuleDef_Init(&definition);
}

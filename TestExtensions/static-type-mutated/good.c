// The module of bad.c; the type is complete before anybody can call the module.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  double x, y;
} Point;

static PyObject *point_repr(PyObject *self) {
  Point *point = (Point *)self;
  return PyUnicode_FromFormat("Point(%d, %d)", (int)point->x, (int)point->y);
}

static PyTypeObject Point_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "points.Point",
    .tp_basicsize = sizeof(Point),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static int exec_module(PyObject *module) {
  Point_Type.tp_repr = point_repr;
  return PyType_Ready(&Point_Type);
}

static PyObject *origin(PyObject *module, PyObject *unused) {
  return PyType_GenericAlloc(&Point_Type, 0);
}

static PyMethodDef methods[] = {
    {"origin", origin, METH_NOARGS, NULL},
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
    .m_name = "static_type_mutated_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_good(void) {
  return PyModuleDef_Init(&definition);
}

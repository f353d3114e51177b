// A static type that the first call makes ready. A second thread uses the type while its slots
// are filled.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  double x, y;
} Point;

static PyObject *point_repr(PyObject *self) {
  Point *point = (Point *)self;
  return PyUnicode_FromFormat("Point(%d, %d)", (int)point->x, (int)point->y);
}

static PyTypeObject Point_Type = {  // expect: static-type-mutated
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "points.Point",
    .tp_basicsize = sizeof(Point),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyObject *origin(PyObject *module, PyObject *unused) {
  if (Point_Type.tp_dict == NULL) {
    Point_Type.tp_repr = point_repr;
    if (PyType_Ready(&Point_Type) < 0) {
      return NULL;
    }
  }
  return PyType_GenericAlloc(&Point_Type, 0);
}

static PyMethodDef methods[] = {
    {"origin", origin, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_type_mutated_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_type_mutated_bad(void) {
  return PyModuleDef_Init(&definition);
}

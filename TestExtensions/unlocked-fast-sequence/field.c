// The list is an attribute of a Python object, and a list that this object keeps and adds to.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *points;
} Path;

static PyObject *path_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Path *self = (Path *)type->tp_alloc(type, 0);
  if (self != NULL && (self->points = PyList_New(0)) == NULL) {
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void path_dealloc(PyObject *object) {
  Path *self = (Path *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->points);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *path_add(PyObject *self, PyObject *point) {
  return PyList_Append(((Path *)self)->points, point) < 0 ? NULL : Py_NewRef(Py_None);
}

static double sum(PyObject **items, Py_ssize_t size) {
  double sum = 0;
  for (Py_ssize_t i = 0; i < size; i++) {
    sum += PyFloat_AsDouble(items[i]);
  }
  return sum;
}

static PyObject *path_length(PyObject *op, PyObject *unused) {
  Path *self = (Path *)op;
  PyObject *fast = PySequence_Fast(self->points, "points");  // expect: unlocked-fast-sequence
  if (fast == NULL) {
    return NULL;
  }
  double length = sum(PySequence_Fast_ITEMS(fast), PySequence_Fast_GET_SIZE(fast));
  Py_DECREF(fast);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(length);
}

static PyObject *path_weight(PyObject *op, PyObject *other) {
  PyObject *weights = PyObject_GetAttrString(other, "weights");
  PyObject *fast =
      weights == NULL ? NULL : PySequence_Fast(weights, "weights");  // expect: unlocked-fast-sequence
  Py_XDECREF(weights);
  if (fast == NULL) {
    return NULL;
  }
  double weight = sum(PySequence_Fast_ITEMS(fast), PySequence_Fast_GET_SIZE(fast));
  Py_DECREF(fast);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(weight);
}

static PyMethodDef path_methods[] = {
    {"add", path_add, METH_O, NULL},
    {"length", path_length, METH_NOARGS, NULL},
    {"weight", path_weight, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot path_slots[] = {
    {Py_tp_new, path_new},
    {Py_tp_dealloc, path_dealloc},
    {Py_tp_methods, path_methods},
    {0, NULL},
};

static PyType_Spec path_spec = {
    .name = "field.Path",
    .basicsize = sizeof(Path),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = path_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&path_spec);
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
    .m_name = "unlocked_fast_sequence_field",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_field(void) {
  return PyModuleDef_Init(&definition);
}

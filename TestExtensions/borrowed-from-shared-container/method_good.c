// The arguments of a method that is told its class: positional ones, keyword ones, their names.
#include <Python.h>

typedef struct {
  PyObject_HEAD
} Shape;

static PyObject *shape_scale(PyObject *self, PyTypeObject *defining_class, PyObject *const *args,
                             Py_ssize_t count, PyObject *names) {
  PyObject *factor = count > 0 ? args[0] : NULL;
  Py_ssize_t keywords = names == NULL ? 0 : PyTuple_GET_SIZE(names);
  for (Py_ssize_t i = 0; i < keywords; i++) {
    PyObject *name = PyTuple_GET_ITEM(names, i);
    if (PyUnicode_CompareWithASCIIString(name, "factor") != 0 || factor != NULL) {
      return PyErr_Format(PyExc_TypeError, "unexpected argument %R", name);
    }
    factor = args[count + i];
  }
  return factor == NULL ? PyLong_FromLong(1) : PyNumber_Float(factor);
}

static PyMethodDef shape_methods[] = {
    {"scale", (PyCFunction)(void (*)(void))shape_scale,
     METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot shape_slots[] = {
    {Py_tp_methods, shape_methods},
    {0, NULL},
};

static PyType_Spec shape_spec = {
    .name = "method.Shape",
    .basicsize = sizeof(Shape),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = shape_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&shape_spec);
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
    .m_name = "borrowed_from_shared_container_method_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_method_good(void) {
  return PyModuleDef_Init(&definition);
}

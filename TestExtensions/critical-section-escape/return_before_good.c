// Arguments are checked, and answers given, before the section begins and after it ends.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#define Py_BEGIN_CRITICAL_SECTION2(one, two) {
#define Py_END_CRITICAL_SECTION2() }
#endif

typedef struct {
  PyObject_HEAD
  long width, height;
} Shape;

static PyObject *shape_fits(PyObject *op, PyObject *other) {
  if (Py_TYPE(other) != Py_TYPE(op)) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  if (other == op) {
    Py_RETURN_TRUE;
  }
  Shape *inner = (Shape *)op, *outer = (Shape *)other;
  int fits;
  Py_BEGIN_CRITICAL_SECTION2(op, other);
  fits = inner->width <= outer->width && inner->height <= outer->height;
  Py_END_CRITICAL_SECTION2();
  if (fits) {
    Py_RETURN_TRUE;
  }
  Py_RETURN_FALSE;
}

static PyObject *shape_scale(PyObject *op, PyObject *number) {
  Shape *self = (Shape *)op;
  long factor = PyLong_AsLong(number), area;
  if (factor < 1) {
    if (!PyErr_Occurred()) {
      PyErr_SetString(PyExc_ValueError, "positive");
    }
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  self->width = self->width * factor + 1;
  self->height = self->height * factor + 1;
  area = self->width * self->height;
  Py_END_CRITICAL_SECTION();
  return area < 0 ? NULL : PyLong_FromLong(area);
}

static PyMethodDef shape_methods[] = {
    {"fits", shape_fits, METH_O, NULL},
    {"scale", shape_scale, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot shape_slots[] = {
    {Py_tp_methods, shape_methods},
    {0, NULL},
};

static PyType_Spec shape_spec = {
    .name = "return_before_good.Shape",
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
    .m_name = "critical_section_escape_return_before_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_return_before_good(void) {
  return PyModuleDef_Init(&definition);
}

// The table of members is written by macros; a helper of a number slot reads one of the fields.
#include <Python.h>
#include <structmember.h>

typedef struct {
  PyObject_HEAD
  double red;  // expect: exposed-member
  double alpha;
} Pixel;

#define MEMBER(name, type, flags) \
  {#name, (type), offsetof(Pixel, name), (flags), NULL}
#define MEMBER_END \
  { NULL, 0, 0, 0, NULL }

static void pixel_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static double luminance(const Pixel *pixel) {
  double red = pixel->red;
  return red < 0.0 ? 0.0 : red * 0.2126;
}

static PyObject *pixel_float(PyObject *op) {
  return PyFloat_FromDouble(luminance((Pixel *)op));
}

static PyMemberDef pixel_members[] = {
    MEMBER(red, T_DOUBLE, 0),
    MEMBER(alpha, T_DOUBLE, 0),
    MEMBER_END,
};

static PyType_Slot pixel_slots[] = {
    {Py_tp_dealloc, pixel_dealloc},
    {Py_nb_float, pixel_float},
    {Py_tp_members, pixel_members},
    {0, NULL},
};

static PyType_Spec pixel_spec = {
    .name = "macro.Pixel",
    .basicsize = sizeof(Pixel),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = pixel_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&pixel_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "exposed_member_macro_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_exposed_member_macro_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

// A helper changes a copy of the static struct; the static one has not been written since
// import.
#include <Python.h>

typedef struct {
  int width, height, depth;
} Limits;

static Limits limits = {640, 480, 24};

static void clip(Limits *to, int width) {
  if (to->width > width) {
    to->width = width;
  }
}

static int exec_module(PyObject *module) {
  limits.depth = 32;
  return 0;
}

static PyObject *clipped(PyObject *module, PyObject *width) {
  Limits mine = limits;
  long value = PyLong_AsLong(width);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  clip(&mine, (int)value);
  mine.height -= 8;
  return Py_BuildValue("(iii)", mine.width, mine.height, mine.depth);
}

static PyMethodDef methods[] = {
    {"clipped", clipped, METH_O, NULL},
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
    .m_name = "mutable_static_table_helper_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_helper_good(void) {
  return PyModuleDef_Init(&definition);
}

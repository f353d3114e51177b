// Two files have a 'table' each. The one of other.c is const; this one is filled by the first
// call.
#include <Python.h>
#include <math.h>

double lazy_initialised_static_same_name_root(int index);

static double table[8];
static int ready;  // expect: lazy-initialised-static

static PyObject *cube_root(PyObject *module, PyObject *index) {
  long i = PyLong_AsLong(index);
  if (i == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (!ready) {
    for (int k = 0; k < 8; k++) {
      table[k] = cbrt(k);
    }
    ready = 1;
  }
  return PyFloat_FromDouble(table[i & 7] + lazy_initialised_static_same_name_root(i & 3));
}

static PyMethodDef methods[] = {
    {"cube_root", cube_root, METH_O, NULL},
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
    .m_name = "lazy_initialised_static_same_name",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lazy_initialised_static_same_name(void) {
  return PyModuleDef_Init(&definition);
}

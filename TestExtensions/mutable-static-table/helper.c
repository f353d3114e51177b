// A helper changes the array that it is given; another only reads it.
#include <Python.h>

static int priorities[16];  // expect: mutable-static-table

static void raise_all(int *table, int count, int by) {
  for (int i = 0; i < count; i++) {
    table[i] += by;
  }
}

static int highest(const int *table, int count) {
  int best = table[0];
  for (int i = 1; i < count; i++) {
    best = table[i] > best ? table[i] : best;
  }
  return best;
}

static PyObject *raise_by(PyObject *module, PyObject *amount) {
  long by = PyLong_AsLong(amount);
  if (by == -1 && PyErr_Occurred()) {
    return NULL;
  }
  raise_all(priorities, 16, (int)by);
  Py_RETURN_NONE;
}

static PyObject *top(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(highest(priorities, 16));
}

static PyMethodDef methods[] = {
    {"raise_by", raise_by, METH_O, NULL},
    {"top", top, METH_NOARGS, NULL},
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
    .m_name = "mutable_static_table_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_helper(void) {
  return PyModuleDef_Init(&definition);
}

// Local variables and a parameter have the name of a static variable; that is never written.
#include <Python.h>

static int count = 3;

static int add(int count) {
  count += 1;
  return count;
}

static PyObject *total(PyObject *module, PyObject *list) {
  Py_ssize_t size = PyObject_Size(list);
  if (size < 0) {
    return NULL;
  }
  {
    int count = 0;
    for (; count < size; count++) {
    }
    size = add(count);
  }
  return PyLong_FromSsize_t(size + count);
}

static PyMethodDef methods[] = {
    {"total", total, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_static_scalar_shadow_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_static_scalar_shadow_good(void) {
  return PyModuleDef_Init(&definition);
}

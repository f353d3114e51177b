// The loop is locked, and its body hands key and value to Python code.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *to_text(PyObject *module, PyObject *mapping) {
  PyObject *parts = PyList_New(0);
  if (parts == NULL || !PyDict_Check(mapping)) {
    return parts;
  }
  int failed = 0;
  Py_BEGIN_CRITICAL_SECTION(mapping);
  Py_ssize_t position = 0;
  PyObject *key, *value;
  while (!failed &&
         PyDict_Next(mapping, &position, &key, &value)) {  // expect: borrowed-across-yield
    PyObject *part = PyUnicode_FromFormat("%S=%R", key, value);
    failed = part == NULL || PyList_Append(parts, part) < 0;
    Py_XDECREF(part);
  }
  Py_END_CRITICAL_SECTION();
  if (failed) {
    Py_CLEAR(parts);
  }
  return parts;
}

static PyMethodDef methods[] = {
    {"to_text", to_text, METH_O, NULL},
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
    .m_name = "borrowed_across_yield_dict_next",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_across_yield_dict_next(void) {
  return PyModuleDef_Init(&definition);
}

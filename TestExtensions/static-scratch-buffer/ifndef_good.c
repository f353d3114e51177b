// On free-threaded builds the word 'static' is compiled out.
#include <Python.h>
#include <stdio.h>

static PyObject *ratio(PyObject *module, PyObject *args) {
#ifndef Py_GIL_DISABLED
  static
#endif
      char text[48];
  int width, height;
  if (!PyArg_ParseTuple(args, "ii", &width, &height)) {
    return NULL;
  }
  snprintf(text, sizeof(text), "%d:%d", width, height);
  return PyUnicode_FromString(text);
}

static PyMethodDef methods[] = {
    {"ratio", ratio, METH_VARARGS, NULL},
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
    .m_name = "static_scratch_buffer_ifndef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_ifndef_good(void) {
  return PyModuleDef_Init(&definition);
}

// Only a compiler without threads gets a buffer for each call; the others share one.
#include <Python.h>
#include <stdio.h>

#ifdef __STDC_NO_THREADS__
#define SCRATCH
#else
#define SCRATCH static
#endif

static PyObject *fraction(PyObject *module, PyObject *args) {
  SCRATCH char text[48];  // expect: static-scratch-buffer
  int numerator, denominator;
  if (!PyArg_ParseTuple(args, "ii", &numerator, &denominator)) {
    return NULL;
  }
  sprintf(text, "%d/%d", numerator, denominator);
  return PyUnicode_FromString(text);
}

static PyMethodDef methods[] = {
    {"fraction", fraction, METH_VARARGS, NULL},
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
    .m_name = "static_scratch_buffer_ifdef",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_ifdef(void) {
  return PyModuleDef_Init(&definition);
}

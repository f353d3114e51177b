// The buffer is static on ordinary builds only; on free-threaded ones each thread has one.
#include <Python.h>
#include <stdio.h>

#ifdef Py_GIL_DISABLED
#define SCRATCH static _Thread_local
#else
#define SCRATCH static
#endif

static PyObject *fraction(PyObject *module, PyObject *args) {
  SCRATCH char text[48];
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_scratch_buffer_ifdef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_ifdef_good(void) {
  return PyModuleDef_Init(&definition);
}

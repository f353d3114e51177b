#include "create.h"

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "single_phase_header_good",
    .m_size = -1,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_single_phase_header_good(void) {
  return create(&definition);
}

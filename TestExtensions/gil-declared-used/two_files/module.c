#include <Python.h>

extern PyModuleDef_Slot gil_declared_used_two_files_slots[];

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_declared_used_two_files",
    .m_size = 0,
    .m_methods = methods,
    .m_slots = gil_declared_used_two_files_slots,
};

PyMODINIT_FUNC PyInit_gil_declared_used_two_files(void) {
  return PyModuleDef_Init(&definition);
}

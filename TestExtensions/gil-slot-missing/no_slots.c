// A multi-phase module without any slots: the definition is the place to mend.
#include <Python.h>

static PyObject *answer(PyObject *module, PyObject *unused) {
  return PyLong_FromLong(42);
}

static PyMethodDef methods[] = {
    {"answer", answer, METH_NOARGS, "Return 42."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {  // expect: gil-slot-missing
    PyModuleDef_HEAD_INIT,
    .m_name = "gil_slot_missing_no_slots",
    .m_size = 0,
    .m_methods = methods,
};

PyMODINIT_FUNC PyInit_gil_slot_missing_no_slots(void) {
  return PyModuleDef_Init(&definition);
}

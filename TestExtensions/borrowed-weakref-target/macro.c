// A macro that older releases made necessary.
#include <Python.h>

#define TARGET(ref) (PyWeakref_Check(ref) ? PyWeakref_GET_OBJECT(ref) : (ref))

static PyObject *name_of(PyObject *module, PyObject *object) {
  PyObject *target = TARGET(object);  // expect: borrowed-weakref-target
  return PyObject_GetAttrString(target, "__name__");
}

static PyMethodDef methods[] = {
    {"name_of", name_of, METH_O, NULL},
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
    .m_name = "borrowed_weakref_target_macro",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_weakref_target_macro(void) {
  return PyModuleDef_Init(&definition);
}

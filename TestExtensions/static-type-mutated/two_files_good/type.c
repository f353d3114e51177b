#include <Python.h>

PyTypeObject static_type_mutated_two_files_good_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "two.Empty",
    .tp_basicsize = sizeof(PyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

// The slots of the module, in a header.
#ifndef GIL_SLOT_MISSING_HEADER_GOOD_H
#define GIL_SLOT_MISSING_HEADER_GOOD_H

#include <Python.h>

int gil_slot_missing_header_good_exec(PyObject *module);

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, gil_slot_missing_header_good_exec},
#if PY_VERSION_HEX >= 0x030D0000
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

#endif

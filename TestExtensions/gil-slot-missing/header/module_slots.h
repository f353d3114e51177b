// The slots of the module, in a header.
#ifndef GIL_SLOT_MISSING_HEADER_H
#define GIL_SLOT_MISSING_HEADER_H

#include <Python.h>

int gil_slot_missing_header_exec(PyObject *module);

static PyModuleDef_Slot slots[] = {  // expect: gil-slot-missing
    {Py_mod_exec, gil_slot_missing_header_exec},
    {0, NULL},
};

#endif

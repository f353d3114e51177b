#pragma once
#include <Python.h>

PyObject *library_use_read(PyObject *module, PyObject *args);
PyObject *library_use_close(PyObject *module, PyObject *number);

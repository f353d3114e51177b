#pragma once
#include <Python.h>

Py_ssize_t detached_api_scan(const char *text, Py_ssize_t size);

#ifndef FRAMEWORK_PYBIND11_TWO_FILES_H
#define FRAMEWORK_PYBIND11_TWO_FILES_H

#include <pybind11/pybind11.h>

void add_bindings(pybind11::module_ &module_);

#endif

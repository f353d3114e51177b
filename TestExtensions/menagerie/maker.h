#ifndef MENAGERIE_MAKER_H
#define MENAGERIE_MAKER_H

#include <Python.h>

PyObject *make_module(void);

#endif

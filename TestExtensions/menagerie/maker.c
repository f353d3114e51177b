#include "maker.h"

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "menagerie.single_phase",
    .m_size = -1,
};

PyObject *make_module(void) {
  return PyModule_Create(&definition);
}

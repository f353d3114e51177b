// The buffer is defined in buffer.c; this file fills it and reads it.
#include <Python.h>
#include <stdio.h>

extern char static_scratch_buffer_two_files_line[256];

static PyObject *centre(PyObject *module, PyObject *args) {
  const char *text;
  int width;
  if (!PyArg_ParseTuple(args, "si", &text, &width)) {
    return NULL;
  }
  int margin = (width - (int)strlen(text)) / 2;
  snprintf(static_scratch_buffer_two_files_line, 256, "%*s%s", margin > 0 ? margin : 0, "", text);
  return PyUnicode_FromString(static_scratch_buffer_two_files_line);
}

static PyMethodDef methods[] = {
    {"centre", centre, METH_VARARGS, NULL},
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
    .m_name = "static_scratch_buffer_two_files",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_two_files(void) {
  return PyModuleDef_Init(&definition);
}

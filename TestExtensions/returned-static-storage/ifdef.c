// A buffer for each thread on Windows only.
#include <Python.h>
#include <stdio.h>

static const char *version_text(int code) {
#ifdef _WIN32
  static __declspec(thread) char text[32];
#else
  static char text[32];  // expect: returned-static-storage
#endif
  snprintf(text, sizeof(text), "%d.%d", code / 100, code % 100);
  return text;
}

static PyObject *version(PyObject *module, PyObject *code) {
  long value = PyLong_AsLong(code);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  return PyUnicode_FromString(version_text((int)value));
}

static PyMethodDef methods[] = {
    {"version", version, METH_O, NULL},
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
    .m_name = "returned_static_storage_ifdef",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_ifdef(void) {
  return PyModuleDef_Init(&definition);
}

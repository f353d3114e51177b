// A helper of the package uses the handle that it is given.
#include <Python.h>
#include <iconv.h>

static iconv_t to_latin;  // expect: shared-library-handle

static Py_ssize_t convert(iconv_t converter, char *in, size_t left, char *out, size_t room) {
  char *to = out;
  return iconv(converter, &in, &left, &to, &room) == (size_t)-1 ? -1 : to - out;
}

static int exec_module(PyObject *module) {
  to_latin = iconv_open("ISO-8859-1", "UTF-8");
  return to_latin == (iconv_t)-1 ? -1 : 0;
}

static PyObject *latin(PyObject *module, PyObject *bytes) {
  char *data, out[128];
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0) {
    return NULL;
  }
  size = convert(to_latin, data, size, out, sizeof(out));
  return size < 0 ? PyErr_SetFromErrno(PyExc_OSError) : PyBytes_FromStringAndSize(out, size);
}

static PyMethodDef methods[] = {
    {"latin", latin, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_library_handle_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_helper(void) {
  return PyModuleDef_Init(&definition);
}

// The module of bad.c; a lock stands around the calls that use the converter.
#include <Python.h>
#include <iconv.h>
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static iconv_t converter;

static int exec_module(PyObject *module) {
  converter = iconv_open("UTF-8", "ISO-8859-1");
  if (converter == (iconv_t)-1) {
    PyErr_SetFromErrno(PyExc_OSError);
    return -1;
  }
  return 0;
}

static PyObject *decode(PyObject *module, PyObject *bytes) {
  char *in, out[256], *to = out;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &in, &size) < 0) {
    return NULL;
  }
  size_t left = (size_t)size, room = sizeof(out);
  pthread_mutex_lock(&lock);
  size_t done = iconv(converter, &in, &left, &to, &room);
  pthread_mutex_unlock(&lock);
  if (done == (size_t)-1) {
    return PyErr_SetFromErrno(PyExc_OSError);
  }
  return PyUnicode_DecodeUTF8(out, to - out, NULL);
}

static PyMethodDef methods[] = {
    {"decode", decode, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_library_handle_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_good(void) {
  return PyModuleDef_Init(&definition);
}

// A helper that wants its caller to hold the lock; the only caller does.
#include <Python.h>
#include <iconv.h>

static PyThread_type_lock lock;
static iconv_t upper;

#define CONVERT(in, left, out, room) \
  do { \
    PyThread_acquire_lock(lock, WAIT_LOCK); \
    convert_lock_held(in, left, out, room); \
    PyThread_release_lock(lock); \
  } while (0)

static int exec_module(PyObject *module) {
  lock = PyThread_allocate_lock();
  upper = iconv_open("UTF-16LE", "UTF-8");
  return lock == NULL || upper == (iconv_t)-1 ? -1 : 0;
}

static void convert_lock_held(char **in, size_t *left, char **out, size_t *room) {
  iconv(upper, NULL, NULL, NULL, NULL);
  iconv(upper, in, left, out, room);
}

static PyObject *encode(PyObject *module, PyObject *bytes) {
  char *in, out[512], *to = out;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &in, &size) < 0) {
    return NULL;
  }
  size_t left = (size_t)size, room = sizeof(out);
  CONVERT(&in, &left, &to, &room);
  return PyBytes_FromStringAndSize(out, to - out);
}

static PyMethodDef methods[] = {
    {"encode", encode, METH_O, NULL},
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
    .m_name = "shared_library_handle_lock_held_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_library_handle_lock_held_good(void) {
  return PyModuleDef_Init(&definition);
}

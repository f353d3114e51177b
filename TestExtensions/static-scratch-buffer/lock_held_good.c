// A helper that wants its caller to hold the lock; both callers do, until they have read the
// buffer.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static char path[512];

static void join_lock_held(const char *folder, const char *name) {
  strncpy(path, folder, sizeof(path) / 2);
  strncat(path, "/", 1 + sizeof(path) - strlen(path) - 2);
  strncat(path, name, sizeof(path) - strlen(path) - 1);
}

static PyObject *join(PyObject *module, PyObject *args) {
  const char *folder, *name;
  char result[512];
  if (!PyArg_ParseTuple(args, "ss", &folder, &name)) {
    return NULL;
  }
  PyMutex_Lock(&lock);
  join_lock_held(folder, name);
  memcpy(result, path, sizeof(result));
  PyMutex_Unlock(&lock);
  return PyUnicode_FromString(result);
}

static PyObject *length(PyObject *module, PyObject *args) {
  const char *folder, *name;
  if (!PyArg_ParseTuple(args, "ss", &folder, &name)) {
    return NULL;
  }
  PyMutex_Lock(&lock);
  join_lock_held(folder, name);
  size_t size = strlen(path);
  PyMutex_Unlock(&lock);
  return PyLong_FromSize_t(size);
}

static PyMethodDef methods[] = {
    {"join", join, METH_VARARGS, NULL},
    {"length", length, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_scratch_buffer_lock_held_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_lock_held_good(void) {
  return PyModuleDef_Init(&definition);
}

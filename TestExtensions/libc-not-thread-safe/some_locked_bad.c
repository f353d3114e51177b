// One function holds the mutex over its call, the other does not know of it.
#include <Python.h>
#include <pwd.h>
#include <string.h>
#include <sys/types.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex users_lock;

static PyObject *copy_entry(const struct passwd *entry) {
  if (entry == NULL) {
    return Py_NewRef(Py_None);
  }
  return Py_BuildValue("si", entry->pw_name, (int)entry->pw_uid);
}

static PyObject *by_name(PyObject *module, PyObject *argument) {
  const char *name = PyUnicode_AsUTF8(argument);
  if (name == NULL) {
    return NULL;
  }
  PyMutex_Lock(&users_lock);
  PyObject *result = copy_entry(getpwnam(name));
  PyMutex_Unlock(&users_lock);
  return result;
}

static PyObject *by_id(PyObject *module, PyObject *argument) {
  long id = PyLong_AsLong(argument);
  if (id == -1 && PyErr_Occurred()) {
    return NULL;
  }
  return copy_entry(getpwuid((uid_t)id));  // expect: libc-not-thread-safe
}

static PyMethodDef methods[] = {
    {"by_name", by_name, METH_O, NULL},
    {"by_id", by_id, METH_O, NULL},
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
    .m_name = "libc_not_thread_safe_some_locked_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_libc_not_thread_safe_some_locked_bad(void) {
  return PyModuleDef_Init(&definition);
}

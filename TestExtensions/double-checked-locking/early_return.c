// The first test returns early; the second is under the lock.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  int hosts;
  char domain[64];
} Settings;

static PyMutex lock;
static Settings *settings;  // expect: double-checked-locking

static Settings *read_settings(void) {
  Settings *made = PyMem_RawCalloc(1, sizeof(Settings));
  if (made != NULL) {
    made->hosts = 12;
    strcpy(made->domain, "example.org");
  }
  return made;
}

static Settings *get_settings(void) {
  if (settings != NULL) {
    return settings;
  }
  PyMutex_Lock(&lock);
  if (settings == NULL) {
    settings = read_settings();
  }
  PyMutex_Unlock(&lock);
  return settings;
}

static PyObject *domain(PyObject *module, PyObject *unused) {
  Settings *found = get_settings();
  return found == NULL ? PyErr_NoMemory() : PyUnicode_FromString(found->domain);
}

static PyMethodDef methods[] = {
    {"domain", domain, METH_NOARGS, NULL},
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
    .m_name = "double_checked_locking_early_return",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_early_return(void) {
  return PyModuleDef_Init(&definition);
}

// The first test returns early what it loaded with acquire order.
#include <Python.h>
#include <stdatomic.h>

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
static Settings *_Atomic settings;

static Settings *read_settings(void) {
  Settings *made = PyMem_RawCalloc(1, sizeof(Settings));
  if (made != NULL) {
    made->hosts = 12;
    strcpy(made->domain, "example.org");
  }
  return made;
}

static Settings *get_settings(void) {
  Settings *found = atomic_load_explicit(&settings, memory_order_acquire);
  if (found != NULL) {
    return found;
  }
  PyMutex_Lock(&lock);
  found = settings;
  if (found == NULL) {
    found = read_settings();
    atomic_store_explicit(&settings, found, memory_order_release);
  }
  PyMutex_Unlock(&lock);
  return found;
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "double_checked_locking_early_return_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_double_checked_locking_early_return_good(void) {
  return PyModuleDef_Init(&definition);
}

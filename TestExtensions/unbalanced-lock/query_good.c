// Lock and unlock are under the same condition, which a function tells that answers alike each time.
#include <Python.h>
#include <sys/sysinfo.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex library_lock;
static PyMutex totals_lock;
static int built_reentrant;
static double level;
static double total;

static int is_reentrant(void) {
  return built_reentrant;
}

#define LOCK_LIBRARY() (is_reentrant() == 0 ? PyMutex_Lock(&library_lock) : (void)0)
#define UNLOCK_LIBRARY() (is_reentrant() == 0 ? PyMutex_Unlock(&library_lock) : (void)0)
#define LOCK_TOTAL() (get_nprocs_conf() == 1 ? (void)0 : PyMutex_Lock(&totals_lock))
#define UNLOCK_TOTAL() (get_nprocs_conf() == 1 ? (void)0 : PyMutex_Unlock(&totals_lock))

static PyObject *raise_level(PyObject *module, PyObject *arg) {
  double amount = PyFloat_AsDouble(arg);
  if (amount == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  LOCK_LIBRARY();
  if (level + amount > 100.0) {
    UNLOCK_LIBRARY();
    Py_RETURN_FALSE;
  }
  UNLOCK_LIBRARY();
  Py_RETURN_TRUE;
}

static PyObject *raise_total(PyObject *module, PyObject *arg) {
  double amount = PyFloat_AsDouble(arg);
  if (amount == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  LOCK_TOTAL();
  if (total + amount > 100.0) {
    UNLOCK_TOTAL();
    Py_RETURN_FALSE;
  }
  UNLOCK_TOTAL();
  Py_RETURN_TRUE;
}

static PyMethodDef methods[] = {
    {"raise_level", raise_level, METH_O, NULL},
    {"raise_total", raise_total, METH_O, NULL},
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
    .m_name = "unbalanced_lock_query_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_query_good(void) {
  return PyModuleDef_Init(&definition);
}

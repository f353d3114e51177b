// The registry has a mutex, which the loop forgets.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static PyObject *registry;

static int exec_module(PyObject *module) {
  registry = PyDict_New();
  return registry == NULL ? -1 : 0;
}

static PyObject *add(PyObject *module, PyObject *name) {
  PyMutex_Lock(&lock);
  int result = PyDict_SetItem(registry, name, Py_True);
  PyMutex_Unlock(&lock);
  return result < 0 ? NULL : Py_NewRef(Py_None);
}

static PyObject *active(PyObject *module, PyObject *unused) {
  Py_ssize_t position = 0, count = 0;
  PyObject *value;
  while (PyDict_Next(registry, &position, NULL, &value)) {  // expect: unlocked-dict-iteration
    count += value != Py_None;
  }
  return PyLong_FromSsize_t(count);
}

static PyMethodDef methods[] = {
    {"add", add, METH_O, NULL},
    {"active", active, METH_NOARGS, NULL},
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
    .m_name = "unlocked_dict_iteration_static_dict",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_static_dict(void) {
  return PyModuleDef_Init(&definition);
}

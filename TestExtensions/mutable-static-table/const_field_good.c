// A row's name is constant and read without the lock; its level is changed under it.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static struct {
  const char *const name;
  int level;
} channels[2] = {{"left", 5}, {"right", 5}};

static PyMutex lock;

static PyObject *set_level(PyObject *module, PyObject *args) {
  unsigned index;
  int level;
  if (!PyArg_ParseTuple(args, "Ii", &index, &level)) {
    return NULL;
  }
  PyMutex_Lock(&lock);
  channels[index % 2].level = level;
  PyMutex_Unlock(&lock);
  Py_RETURN_NONE;
}

static PyObject *describe(PyObject *module, PyObject *args) {
  unsigned index;
  if (!PyArg_ParseTuple(args, "I", &index)) {
    return NULL;
  }
  PyMutex_Lock(&lock);
  int level = channels[index % 2].level;
  PyMutex_Unlock(&lock);
  return Py_BuildValue("(si)", channels[index % 2].name, level);
}

static PyMethodDef methods[] = {
    {"set_level", set_level, METH_VARARGS, NULL},
    {"describe", describe, METH_VARARGS, NULL},
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
    .m_name = "mutable_static_table_const_field_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_const_field_good(void) {
  return PyModuleDef_Init(&definition);
}

// The lock is for a debug build of the module only.
#include <Python.h>
#include <string.h>

#ifdef WITH_LOCKS
static PyMutex lock;
#define LOCK() PyMutex_Lock(&lock)
#define UNLOCK() PyMutex_Unlock(&lock)
#else
#define LOCK() ((void)0)
#define UNLOCK() ((void)0)
#endif

struct entry {
  struct entry *next;
  long value;
};

static struct entry *stack;  // expect: static-container

static PyObject *push(PyObject *module, PyObject *number) {
  struct entry *entry = PyMem_RawMalloc(sizeof(*entry));
  if (entry == NULL) {
    return PyErr_NoMemory();
  }
  entry->value = PyLong_AsLong(number);
  LOCK();
  entry->next = stack;
  stack = entry;
  UNLOCK();
  Py_RETURN_NONE;
}

static PyObject *depth(PyObject *module, PyObject *unused) {
  long count = 0;
  LOCK();
  for (struct entry *entry = stack; entry != NULL; entry = entry->next) {
    count++;
  }
  UNLOCK();
  return PyLong_FromLong(count);
}

static PyMethodDef methods[] = {
    {"push", push, METH_O, NULL},
    {"depth", depth, METH_NOARGS, NULL},
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
    .m_name = "static_container_ifdef",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_ifdef(void) {
  return PyModuleDef_Init(&definition);
}

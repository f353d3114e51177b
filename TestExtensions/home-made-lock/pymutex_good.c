// A lock of Python's own.
#include <Python.h>
#include <unistd.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef char PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;

static PyObject *transmit(PyObject *module, PyObject *args) {
  int device;
  char byte;
  if (!PyArg_ParseTuple(args, "ic", &device, &byte)) {
    return NULL;
  }
  ssize_t sent;
  Py_BEGIN_ALLOW_THREADS
  PyMutex_Lock(&lock);
  sent = write(device, &byte, 1);
  PyMutex_Unlock(&lock);
  Py_END_ALLOW_THREADS
  return PyLong_FromSsize_t(sent);
}

static PyMethodDef methods[] = {
    {"transmit", transmit, METH_VARARGS, NULL},
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
    .m_name = "home_made_lock_pymutex_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_pymutex_good(void) {
  return PyModuleDef_Init(&definition);
}

// The atomic flag is for free-threaded builds; on others the GIL is enough.
#include <Python.h>

#ifdef Py_GIL_DISABLED
#include <stdatomic.h>
static atomic_int busy;
#define TRY() (atomic_exchange(&busy, 1) == 0)
#define DONE() atomic_store(&busy, 0)
#else
static int busy;
#define TRY() (busy ? 0 : (busy = 1))
#define DONE() (busy = 0)
#endif

static PyObject *run(PyObject *module, PyObject *function) {
  if (!TRY()) {
    PyErr_SetString(PyExc_RuntimeError, "in use");
    return NULL;
  }
  PyObject *result = PyObject_CallNoArgs(function);
  DONE();
  return result;
}

static PyMethodDef methods[] = {
    {"run", run, METH_O, NULL},
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
    .m_name = "home_made_lock_ifdef_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_home_made_lock_ifdef_good(void) {
  return PyModuleDef_Init(&definition);
}

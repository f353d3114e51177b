// 'volatile' where it is no message: a local after longjmp, memory that is given, a static under its mutex.
#include <Python.h>
#include <setjmp.h>
#include <stdint.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex lock;
static volatile long served;
static volatile int initialised;

static int exec_module(PyObject *module) {
  initialised = 1;
  return 0;
}

static void check(jmp_buf out, long value) {
  if (value > 100) {
    longjmp(out, 1);
  }
}

static PyObject *count_down(PyObject *module, PyObject *number) {
  jmp_buf out;
  volatile long steps = 0;
  long start = PyLong_AsLong(number);
  if (setjmp(out) == 0) {
    for (long i = 0; i <= start; i++) {
      check(out, i);
      steps++;
    }
  }
  return PyLong_FromLong(steps);
}

static PyObject *wipe(PyObject *module, PyObject *argument) {
  uint8_t secret[32];
  volatile uint8_t *at = secret;
  for (size_t i = 0; i < sizeof secret; i++) {
    at[i] = 0;
  }
  PyMutex_Lock(&lock);
  long now = ++served;
  PyMutex_Unlock(&lock);
  return initialised ? PyLong_FromLong(now) : NULL;
}

static PyMethodDef methods[] = {
    {"count_down", count_down, METH_O, NULL},
    {"wipe", wipe, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "volatile_as_atomic_other_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_volatile_as_atomic_other_good(void) {
  return PyModuleDef_Init(&definition);
}

// A critical section on the mutex is suspended when the call of Python waits.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif
#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_END_CRITICAL_SECTION() }
#endif
#ifndef Py_BEGIN_CRITICAL_SECTION_MUTEX  // the same for 3.13
#define Py_BEGIN_CRITICAL_SECTION_MUTEX(mutex) {
#endif

static PyMutex clock_lock;
static PyObject *clock_source;
static long ticks;

static int exec_module(PyObject *module) {
  clock_source = PyObject_GetAttrString(module, "__name__");
  return clock_source == NULL ? -1 : 0;
}

static PyObject *tick(PyObject *module, PyObject *listener) {
  PyObject *answer;
  Py_BEGIN_CRITICAL_SECTION_MUTEX(&clock_lock);
  ticks++;
  answer = PyObject_CallFunction(listener, "l", ticks);
  Py_END_CRITICAL_SECTION();
  return answer;
}

static PyMethodDef methods[] = {
    {"tick", tick, METH_O, NULL},
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
    .m_name = "lock_held_across_python_section_mutex_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_lock_held_across_python_section_mutex_good(void) {
  return PyModuleDef_Init(&definition);
}

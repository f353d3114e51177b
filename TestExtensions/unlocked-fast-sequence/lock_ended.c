// The size is read under the lock and used after it; the second lock is on the module.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *count_true(PyObject *module, PyObject *flags) {
  PyObject *fast = PySequence_Fast(flags, "flags must be a sequence");  // expect: unlocked-fast-sequence
  if (fast == NULL) {
    return NULL;
  }
  Py_ssize_t size, count = 0;
  Py_BEGIN_CRITICAL_SECTION(flags);
  size = PySequence_Fast_GET_SIZE(fast);
  Py_END_CRITICAL_SECTION();
  for (Py_ssize_t i = 0; i < size; i++) {
    count += PySequence_Fast_GET_ITEM(fast, i) == Py_True;
  }
  Py_DECREF(fast);
  return PyLong_FromSsize_t(count);
}

static PyObject *count_none(PyObject *module, PyObject *objects) {
  PyObject *fast = PySequence_Fast(objects, "objects must be a sequence");  // expect: unlocked-fast-sequence
  if (fast == NULL) {
    return NULL;
  }
  Py_ssize_t count = 0;
  Py_BEGIN_CRITICAL_SECTION(module);
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
    count += PySequence_Fast_GET_ITEM(fast, i) == Py_None;
  }
  Py_END_CRITICAL_SECTION();
  Py_DECREF(fast);
  return PyLong_FromSsize_t(count);
}

static PyMethodDef methods[] = {
    {"count_true", count_true, METH_O, NULL},
    {"count_none", count_none, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_lock_ended",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_lock_ended(void) {
  return PyModuleDef_Init(&definition);
}

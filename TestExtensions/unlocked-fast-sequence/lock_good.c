// The loop runs under the lock of the argument; in the other function under that of the result,
// which for a list is the same object.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *count_none(PyObject *module, PyObject *sequence) {
  PyObject *fast = PySequence_Fast(sequence, "a sequence is needed");
  if (fast == NULL) {
    return NULL;
  }
  Py_ssize_t count = 0;
  Py_BEGIN_CRITICAL_SECTION(sequence);
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
    count += PySequence_Fast_GET_ITEM(fast, i) == Py_None;
  }
  Py_END_CRITICAL_SECTION();
  Py_DECREF(fast);
  return PyLong_FromSsize_t(count);
}

static PyObject *total(PyObject *module, PyObject *numbers) {
  PyObject *fast = PySequence_Fast(numbers, "a sequence is needed");
  if (fast == NULL) {
    return NULL;
  }
  double sum = 0;
  Py_BEGIN_CRITICAL_SECTION(fast);
  for (Py_ssize_t i = 0; i < PySequence_Fast_GET_SIZE(fast); i++) {
    PyObject *item = Py_NewRef(PySequence_Fast_GET_ITEM(fast, i));
    sum += PyFloat_AsDouble(item);
    Py_DECREF(item);
  }
  Py_END_CRITICAL_SECTION();
  Py_DECREF(fast);
  return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static PyMethodDef methods[] = {
    {"count_none", count_none, METH_O, NULL},
    {"total", total, METH_O, NULL},
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
    .m_name = "unlocked_fast_sequence_lock_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_fast_sequence_lock_good(void) {
  return PyModuleDef_Init(&definition);
}

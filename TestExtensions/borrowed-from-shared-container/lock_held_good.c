// All callers of the helpers hold the lock of the list that they pass.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *pop_front_lock_held(PyObject *list) {
  if (PyList_GET_SIZE(list) == 0) {
    return NULL;
  }
  PyObject *item = PyList_GET_ITEM(list, 0);
  Py_INCREF(item);
  if (PyList_SetSlice(list, 0, 1, NULL) < 0) {
    Py_DECREF(item);
    return NULL;
  }
  return item;
}

static PyObject *pop_front(PyObject *module, PyObject *list) {
  PyObject *item;
  if (!PyList_Check(list)) {
    Py_RETURN_NONE;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  item = pop_front_lock_held(list);
  Py_END_CRITICAL_SECTION();
  return item != NULL || PyErr_Occurred() ? item : Py_NewRef(Py_None);
}

static PyObject *drain(PyObject *module, PyObject *list) {
  long count = 0;
  if (!PyList_Check(list)) {
    return PyLong_FromLong(0);
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  PyObject *item;
  while ((item = pop_front_lock_held(list)) != NULL) {
    Py_DECREF(item);
    count++;
  }
  Py_END_CRITICAL_SECTION();
  return PyErr_Occurred() ? NULL : PyLong_FromLong(count);
}

static PyMethodDef methods[] = {
    {"pop_front", pop_front, METH_O, NULL},
    {"drain", drain, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_lock_held_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_lock_held_good(void) {
  return PyModuleDef_Init(&definition);
}

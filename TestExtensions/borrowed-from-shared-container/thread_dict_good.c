// The dict of the running thread is no other thread's.
#include <Python.h>

static PyObject *depth(PyObject *module, PyObject *unused) {
  PyObject *dict = PyThreadState_GetDict();
  PyObject *value = dict == NULL ? NULL : PyDict_GetItemString(dict, "thread_dict_good.depth");
  long depth = value == NULL ? 0 : PyLong_AsLong(value);
  PyObject *next = PyLong_FromLong(depth + 1);
  if (next == NULL) {
    return NULL;
  }
  if (dict != NULL && PyDict_SetItemString(dict, "thread_dict_good.depth", next) < 0) {
    Py_DECREF(next);
    return NULL;
  }
  return next;
}

static PyMethodDef methods[] = {
    {"depth", depth, METH_NOARGS, NULL},
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
    .m_name = "borrowed_from_shared_container_thread_dict_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_thread_dict_good(void) {
  return PyModuleDef_Init(&definition);
}

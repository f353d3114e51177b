// The struct lives as long as the call that lent the objects.
#include <Python.h>

typedef struct {
  PyObject *visitor;
  PyObject *skip;
  Py_ssize_t count;
} Walk;

static int visit(Walk *walk, PyObject *item) {
  if (item == walk->skip) {
    return 0;
  }
  PyObject *answer = PyObject_CallOneArg(walk->visitor, item);
  Py_XDECREF(answer);
  walk->count += answer != NULL;
  return answer == NULL ? -1 : 0;
}

static PyObject *for_each(PyObject *module, PyObject *args) {
  Walk walk = {NULL, NULL, 0};
  PyObject *iterable;
  if (!PyArg_ParseTuple(args, "OOO", &iterable, &walk.visitor, &walk.skip)) {
    return NULL;
  }
  PyObject *iterator = PyObject_GetIter(iterable);
  if (iterator == NULL) {
    return NULL;
  }
  PyObject *item;
  int failed = 0;
  while (!failed && (item = PyIter_Next(iterator)) != NULL) {
    failed = visit(&walk, item) < 0;
    Py_DECREF(item);
  }
  Py_DECREF(iterator);
  return PyErr_Occurred() ? NULL : PyLong_FromSsize_t(walk.count);
}

static PyMethodDef methods[] = {
    {"for_each", for_each, METH_VARARGS, NULL},
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
    .m_name = "stored_borrowed_reference_local_struct_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stored_borrowed_reference_local_struct_good(void) {
  return PyModuleDef_Init(&definition);
}

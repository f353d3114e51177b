// An array of handlers; one entry is replaced while another thread may be calling it.
#include <Python.h>

#define EVENTS 4

static PyObject *handlers[EVENTS];  // expect: mutable-static-object

static PyObject *set_handler(PyObject *module, PyObject *args) {
  unsigned int event;
  PyObject *function;
  if (!PyArg_ParseTuple(args, "IO", &event, &function)) {
    return NULL;
  }
  Py_XSETREF(handlers[event % EVENTS], Py_NewRef(function));
  Py_RETURN_NONE;
}

static PyObject *fire(PyObject *module, PyObject *args) {
  unsigned int event;
  if (!PyArg_ParseTuple(args, "I", &event)) {
    return NULL;
  }
  PyObject *function = handlers[event % EVENTS];
  return function == NULL ? Py_NewRef(Py_None) : PyObject_CallNoArgs(function);
}

static PyMethodDef methods[] = {
    {"set_handler", set_handler, METH_VARARGS, NULL},
    {"fire", fire, METH_VARARGS, NULL},
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
    .m_name = "mutable_static_object_array",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_object_array(void) {
  return PyModuleDef_Init(&definition);
}

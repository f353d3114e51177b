// The thread lets go of Python while it works on the memory of a bytearray.
#include <Python.h>
#include <string.h>

static PyObject *wipe(PyObject *module, PyObject *args) {
  PyObject *array;
  int value;
  if (!PyArg_ParseTuple(args, "Yi", &array, &value)) {
    return NULL;
  }
  char *data = PyByteArray_AsString(array);  // expect: borrowed-mutable-buffer
  Py_ssize_t size = PyByteArray_Size(array);
  Py_BEGIN_ALLOW_THREADS
  memset(data, value, (size_t)size);
  Py_END_ALLOW_THREADS
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"wipe", wipe, METH_VARARGS, NULL},
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
    .m_name = "borrowed_mutable_buffer_detached",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_mutable_buffer_detached(void) {
  return PyModuleDef_Init(&definition);
}

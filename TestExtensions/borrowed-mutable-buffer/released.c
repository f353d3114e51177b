// The buffer is read when its export is over already.
#include <Python.h>

static PyObject *first_byte(PyObject *module, PyObject *object) {
  Py_buffer view;
  if (PyObject_GetBuffer(object, &view, PyBUF_SIMPLE) < 0) {
    return NULL;
  }
  const unsigned char *data = view.buf;
  Py_ssize_t size = view.len;
  PyBuffer_Release(&view);
  return PyLong_FromLong(size > 0 ? data[0] : -1);  // expect: borrowed-mutable-buffer
}

static PyObject *last_byte(PyObject *module, PyObject *args) {
  Py_buffer view;
  if (!PyArg_ParseTuple(args, "y*", &view)) {
    return NULL;
  }
  if (view.len == 0) {
    PyBuffer_Release(&view);
    Py_RETURN_NONE;
  }
  PyBuffer_Release(&view);
  return PyBytes_FromStringAndSize((char *)view.buf + view.len - 1, 1);  // expect: borrowed-mutable-buffer
}

static PyMethodDef methods[] = {
    {"first_byte", first_byte, METH_O, NULL},
    {"last_byte", last_byte, METH_VARARGS, NULL},
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
    .m_name = "borrowed_mutable_buffer_released",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_mutable_buffer_released(void) {
  return PyModuleDef_Init(&definition);
}

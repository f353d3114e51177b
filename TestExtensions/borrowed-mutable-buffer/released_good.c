// Each path releases the buffer after its last use of it.
#include <Python.h>

static PyObject *find_byte(PyObject *module, PyObject *args) {
  Py_buffer view;
  int wanted;
  if (!PyArg_ParseTuple(args, "y*i", &view, &wanted)) {
    return NULL;
  }
  PyObject *result = NULL;
  const unsigned char *data = view.buf;
  if (wanted < 0 || wanted > 255) {
    PyBuffer_Release(&view);
    PyErr_SetString(PyExc_ValueError, "a byte");
    return NULL;
  }
  for (Py_ssize_t i = 0; i < view.len; i++) {
    if (data[i] == wanted) {
      result = PyLong_FromSsize_t(i);
      goto done;
    }
  }
  result = PyLong_FromLong(-1);
done:
  PyBuffer_Release(&view);
  return result;
}

static PyMethodDef methods[] = {
    {"find_byte", find_byte, METH_VARARGS, NULL},
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
    .m_name = "borrowed_mutable_buffer_released_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_mutable_buffer_released_good(void) {
  return PyModuleDef_Init(&definition);
}

// A loop fills the buffer of the call.
#include <Python.h>

#define WIDTH 128

static PyObject *median(PyObject *module, PyObject *args) {
  int row[WIDTH];
  Py_buffer view;
  if (!PyArg_ParseTuple(args, "y*", &view)) {
    return NULL;
  }
  Py_ssize_t count = view.len < WIDTH ? view.len : WIDTH;
  for (Py_ssize_t i = 0; i < count; i++) {
    Py_ssize_t k = i;
    int value = ((unsigned char *)view.buf)[i];
    for (; k > 0 && row[k - 1] > value; k--) {
      row[k] = row[k - 1];
    }
    row[k] = value;
  }
  PyBuffer_Release(&view);
  return count == 0 ? PyLong_FromLong(0) : PyLong_FromLong(row[count / 2]);
}

static PyMethodDef methods[] = {
    {"median", median, METH_VARARGS, NULL},
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
    .m_name = "static_scratch_buffer_loop_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_loop_good(void) {
  return PyModuleDef_Init(&definition);
}

// A loop fills the buffer, element by element.
#include <Python.h>

#define WIDTH 128

static int row[WIDTH];  // expect: static-scratch-buffer

static PyObject *median(PyObject *module, PyObject *args) {
  Py_buffer view;
  if (!PyArg_ParseTuple(args, "y*", &view)) {
    return NULL;
  }
  Py_ssize_t count = view.len < WIDTH ? view.len : WIDTH;
  for (Py_ssize_t i = 0; i < count; i++) {
    row[i] = ((unsigned char *)view.buf)[i];
  }
  for (Py_ssize_t i = 1; i < count; i++) {
    for (Py_ssize_t k = i; k > 0 && row[k - 1] > row[k]; k--) {
      int higher = row[k - 1];
      row[k - 1] = row[k];
      row[k] = higher;
    }
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "static_scratch_buffer_loop",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_scratch_buffer_loop(void) {
  return PyModuleDef_Init(&definition);
}

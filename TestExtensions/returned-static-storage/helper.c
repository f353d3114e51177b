// The function that fills the buffer is not the one that returns it, and that is called by
// another that does.
#include <Python.h>
#include <stdio.h>

static char label[40];  // expect: returned-static-storage

static void fill(int row, int column) {
  snprintf(label, sizeof(label), "R%dC%d", row, column);
}

static char *cell_label(int row, int column) {
  fill(row, column);
  return label;
}

static const char *corner_label(void) {
  return cell_label(1, 1);
}

static PyObject *cell(PyObject *module, PyObject *args) {
  int row, column;
  if (!PyArg_ParseTuple(args, "ii", &row, &column)) {
    return NULL;
  }
  return PyUnicode_FromString(row == 1 && column == 1 ? corner_label() : cell_label(row, column));
}

static PyMethodDef methods[] = {
    {"cell", cell, METH_VARARGS, NULL},
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
    .m_name = "returned_static_storage_helper",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_returned_static_storage_helper(void) {
  return PyModuleDef_Init(&definition);
}

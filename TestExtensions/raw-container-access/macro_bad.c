// A macro of the package takes the array of any list, and a helper fills it.
#include <Python.h>

#define ITEMS(list) (((PyListObject *)(list))->ob_item)

static void swap(PyObject *list, Py_ssize_t i, Py_ssize_t j) {
  // expect: borrowed-from-shared-container
  PyObject **items = ITEMS(list);  // expect: raw-container-access
  PyObject *item = items[i];
  items[i] = items[j];
  items[j] = item;
}

static PyObject *shuffle(PyObject *module, PyObject *args) {
  PyObject *list;
  unsigned long state;
  if (!PyArg_ParseTuple(args, "O!k", &PyList_Type, &list, &state)) {
    return NULL;
  }
  for (Py_ssize_t i = PyList_GET_SIZE(list) - 1; i > 0; i--) {
    state = state * 6364136223846793005ul + 1442695040888963407ul;
    swap(list, i, (Py_ssize_t)(state >> 33) % (i + 1));
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"shuffle", shuffle, METH_VARARGS, NULL},
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
    .m_name = "raw_container_access_macro_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_raw_container_access_macro_bad(void) {
  return PyModuleDef_Init(&definition);
}

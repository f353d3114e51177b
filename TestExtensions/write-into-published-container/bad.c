// The macros are for containers that nobody else has: these neither lock nor drop what was there.
#include <Python.h>

static PyObject *origin;

static int exec_module(PyObject *module) {
  origin = Py_BuildValue("(ii)", 0, 0);
  return origin == NULL ? -1 : 0;
}

static PyObject *set_first(PyObject *module, PyObject *args) {
  PyObject *list, *item;
  if (!PyArg_ParseTuple(args, "O!O", &PyList_Type, &list, &item)) {
    return NULL;
  }
  if (PyList_GET_SIZE(list) > 0) {
    PyList_SET_ITEM(list, 0, Py_NewRef(item));  // expect: write-into-published-container
  }
  Py_RETURN_NONE;
}

static PyObject *move_origin(PyObject *module, PyObject *x) {
  Py_INCREF(x);
  if (PyTuple_SetItem(origin, 0, x) < 0) {  // expect: write-into-published-container
    return NULL;
  }
  return Py_NewRef(origin);
}

static PyMethodDef methods[] = {
    {"set_first", set_first, METH_VARARGS, NULL},
    {"move_origin", move_origin, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "write_into_published_container_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_write_into_published_container_bad(void) {
  return PyModuleDef_Init(&definition);
}

// What the switch borrows is used behind it; '?:' chooses between a borrowed and an immortal one.
#include <Python.h>

static PyObject *unit(PyObject *module, PyObject *args) {
  PyObject *table;
  int kind;
  if (!PyArg_ParseTuple(args, "O!C", &PyDict_Type, &table, &kind)) {
    return NULL;
  }
  PyObject *unit = NULL;
  switch (kind) {
    case 'l':
      unit = PyDict_GetItemString(table, "length");  // expect: borrowed-from-shared-container
      break;
    case 'm':
      unit = PyDict_GetItemString(table, "mass");
      break;
    default:
      break;
  }
  if (unit == NULL) {
    Py_RETURN_NONE;
  }
  return PyObject_Str(unit);
}

static PyObject *second(PyObject *module, PyObject *list) {
  PyObject *item = PyList_Check(list) && PyList_GET_SIZE(list) > 1
                       ? PyList_GET_ITEM(list, 1)  // expect: borrowed-from-shared-container
                       : Py_None;
  return Py_NewRef(item);
}

static PyMethodDef methods[] = {
    {"unit", unit, METH_VARARGS, NULL},
    {"second", second, METH_O, NULL},
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
    .m_name = "borrowed_from_shared_container_switch",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_borrowed_from_shared_container_switch(void) {
  return PyModuleDef_Init(&definition);
}

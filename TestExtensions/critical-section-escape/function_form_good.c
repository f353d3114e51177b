// The functions are called directly, and each way out has its end.
#include <Python.h>

#ifdef Py_GIL_DISABLED
#define BEGIN(object) PyCriticalSection section; PyCriticalSection_Begin(&section, object)
#define END() PyCriticalSection_End(&section)
#else
#define BEGIN(object) ((void)(object))
#define END() ((void)0)
#endif

static PyObject *last_item(PyObject *module, PyObject *list) {
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
  BEGIN(list);
  Py_ssize_t size = PyList_GET_SIZE(list);
  if (size == 0) {
    END();
    Py_RETURN_NONE;
  }
  if (PyList_GET_ITEM(list, size - 1) == Py_None) {
    END();
    PyErr_SetString(PyExc_ValueError, "the last item is None");
    return NULL;
  }
  PyObject *item = Py_NewRef(PyList_GET_ITEM(list, size - 1));
  END();
  return item;
}

static PyMethodDef methods[] = {
    {"last_item", last_item, METH_O, NULL},
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
    .m_name = "critical_section_escape_function_form_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_function_form_good(void) {
  return PyModuleDef_Init(&definition);
}

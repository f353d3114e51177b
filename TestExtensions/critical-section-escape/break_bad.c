// The section is begun anew in each turn of the loop, and 'break' leaves it open.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *first_text(PyObject *module, PyObject *lists) {
  PyObject *found = NULL;
  if (!PyTuple_Check(lists)) {
    PyErr_SetString(PyExc_TypeError, "a tuple of lists");
    return NULL;
  }
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(lists); i++) {
    PyObject *list = PyTuple_GET_ITEM(lists, i);
    if (!PyList_Check(list)) {
      continue;
    }
    Py_BEGIN_CRITICAL_SECTION(list);  // expect: critical-section-escape
    if (PyList_GET_SIZE(list) > 0 && PyUnicode_Check(PyList_GET_ITEM(list, 0))) {
      found = Py_NewRef(PyList_GET_ITEM(list, 0));
      break;
    }
    Py_END_CRITICAL_SECTION();
  }
  return found != NULL ? found : Py_NewRef(Py_None);
}

static PyMethodDef methods[] = {
    {"first_text", first_text, METH_O, NULL},
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
    .m_name = "critical_section_escape_break_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_break_bad(void) {
  return PyModuleDef_Init(&definition);
}

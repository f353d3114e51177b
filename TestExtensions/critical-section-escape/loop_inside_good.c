// The loops and the switch are inside the section: their 'break' and 'continue' stay in it.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

static PyObject *survey(PyObject *module, PyObject *list) {
  Py_ssize_t texts = 0, numbers = 0;
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(list);
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
    PyObject *item = PyList_GET_ITEM(list, i);
    if (item == Py_None) {
      continue;
    }
    if (item == Py_Ellipsis) {
      break;
    }
    switch (PyUnicode_Check(item) + 2 * PyLong_Check(item)) {
      case 1:
        texts++;
        break;
      case 2:
        numbers++;
        break;
      default:
        break;
    }
  }
  do {
    if (texts == 0) {
      break;
    }
    numbers += texts;
  } while (0);
  Py_END_CRITICAL_SECTION();
  return Py_BuildValue("nn", texts, numbers);
}

static PyMethodDef methods[] = {
    {"survey", survey, METH_O, NULL},
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
    .m_name = "critical_section_escape_loop_inside_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_loop_inside_good(void) {
  return PyModuleDef_Init(&definition);
}

// The parser leaves by longjmp, over the end of the section that its caller has begun.
#include <Python.h>
#include <setjmp.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  jmp_buf out;
  long sum;
} Walk;

static void visit(Walk *walk, PyObject *item) {
  if (!PyFloat_Check(item)) {
    longjmp(walk->out, 1);
  }
  walk->sum += (long)PyFloat_AS_DOUBLE(item);
}

static void walk_list(Walk *walk, PyObject *list) {
  Py_BEGIN_CRITICAL_SECTION(list);  // expect: critical-section-escape
  for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
    PyObject *item = PyList_GET_ITEM(list, i);
    if (item == Py_None) {
      longjmp(walk->out, 2);
    }
    visit(walk, item);
  }
  Py_END_CRITICAL_SECTION();
}

static PyObject *total(PyObject *module, PyObject *list) {
  Walk walk = {.sum = 0};
  if (!PyList_Check(list)) {
    PyErr_SetString(PyExc_TypeError, "a list");
    return NULL;
  }
  if (setjmp(walk.out) != 0) {
    PyErr_SetString(PyExc_ValueError, "floats only");
    return NULL;
  }
  walk_list(&walk, list);
  return PyLong_FromLong(walk.sum);
}

static PyMethodDef methods[] = {
    {"total", total, METH_O, NULL},
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
    .m_name = "critical_section_escape_longjmp_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_critical_section_escape_longjmp_bad(void) {
  return PyModuleDef_Init(&definition);
}

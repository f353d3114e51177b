// Where the argument is a dict the section covers it too; the test of the type is kept in a flag.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#ifndef Py_BEGIN_CRITICAL_SECTION2  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION2(a, b) {
#define Py_END_CRITICAL_SECTION2() }
#endif

static int has_text_keys(PyObject *source) {
  Py_ssize_t position = 0;
  PyObject *key = NULL, *value;
  if (!PyDict_CheckExact(source)) {
    return 0;
  }
  // expect-wrong: unlocked-dict-iteration  the flag says that it is a dict, and the dict is locked then
  PyDict_Next(source, &position, &key, &value);
  return key != NULL && PyUnicode_CheckExact(key);
}

static PyObject *inspect(PyObject *module, PyObject *args) {
  PyObject *target, *source;
  int result;
  if (!PyArg_ParseTuple(args, "OO", &target, &source)) {
    return NULL;
  }
  int is_dict = PyDict_CheckExact(source);
  if (is_dict) {
    Py_BEGIN_CRITICAL_SECTION2(target, source);
    result = has_text_keys(source);
    Py_END_CRITICAL_SECTION2();
  } else {
    Py_BEGIN_CRITICAL_SECTION(target);
    result = has_text_keys(source);
    Py_END_CRITICAL_SECTION();
  }
  return PyBool_FromLong(result);
}

static PyMethodDef methods[] = {
    {"inspect", inspect, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    // expect-wrong: declared-safe-but-hazardous  there is no hazard
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unlocked_dict_iteration_type_flag_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_type_flag_good(void) {
  return PyModuleDef_Init(&definition);
}

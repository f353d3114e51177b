// What the environment and the locale say is asked for once, while the module is made.
#include <Python.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  int verbose;
  char point[8];
} Settings;

static int read_environment(Settings *settings) {
  const char *value = getenv("CODEC_VERBOSE");
  settings->verbose = value != NULL && strcmp(value, "0") != 0;
  const char *locale = setlocale(LC_NUMERIC, NULL);
  if (locale == NULL) {
    PyErr_SetString(PyExc_RuntimeError, "no locale");
    return -1;
  }
  strncpy(settings->point, localeconv()->decimal_point, sizeof settings->point - 1);
  return 0;
}

static int exec_module(PyObject *module) { return read_environment(PyModule_GetState(module)); }

static PyObject *settings(PyObject *module, PyObject *unused) {
  const Settings *settings = PyModule_GetState(module);
  return Py_BuildValue("is", settings->verbose, settings->point);
}

static PyMethodDef methods[] = {
    {"settings", settings, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "libc_not_thread_safe_init_good",
    .m_size = sizeof(Settings),
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_libc_not_thread_safe_init_good(void) {
  return PyModuleDef_Init(&definition);
}

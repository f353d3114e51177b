// Constant tables in every spelling, and tables for Python that nobody writes.
#include <Python.h>
#include <string.h>

typedef const struct {
  const char *name;
  int value;
} Entry;

static Entry entries[] = {{"zero", 0}, {"one", 1}};
static const char *const aliases[] = {"nought", "unity"};
static const int squares[2][2] = {{0, 1}, {4, 9}};
static char *names[] = {"first", "second", NULL};

static PyObject *value(PyObject *module, PyObject *args) {
  const char *name;
  if (!PyArg_ParseTuple(args, "s", &name)) {
    return NULL;
  }
  for (const Entry *entry = entries; entry < entries + 2; entry++) {
    if (strcmp(entry->name, name) == 0 || strcmp(aliases[entry - entries], name) == 0) {
      return PyLong_FromLong(entry->value + squares[1][0]);
    }
  }
  return PyUnicode_FromString(names[0]);
}

static PyMethodDef methods[] = {
    {"value", value, METH_VARARGS, NULL},
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
    .m_name = "mutable_static_table_const_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_const_good(void) {
  return PyModuleDef_Init(&definition);
}

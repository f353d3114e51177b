// A hash table that calls add to and search.
#include <Python.h>
#include <string.h>

#define BUCKETS 64

struct symbol {
  struct symbol *next;
  long number;
  char name[24];
};

static struct symbol *buckets[BUCKETS];  // expect: static-container

static unsigned hash(const char *name) {
  unsigned value = 5381;
  for (; *name != 0; name++) {
    value = 33 * value ^ (unsigned char)*name;
  }
  return value % BUCKETS;
}

static struct symbol *find(const char *name) {
  struct symbol *symbol = buckets[hash(name)];
  while (symbol != NULL && strcmp(symbol->name, name) != 0) {
    symbol = symbol->next;
  }
  return symbol;
}

static PyObject *intern(PyObject *module, PyObject *args) {
  const char *name;
  long number = -1;
  if (!PyArg_ParseTuple(args, "s", &name)) {
    return NULL;
  }
  struct symbol *symbol = find(name);
  if (symbol == NULL && (symbol = PyMem_RawCalloc(1, sizeof(*symbol))) != NULL) {
    strncpy(symbol->name, name, sizeof(symbol->name) - 1);
    symbol->number = (long)hash(name);
    symbol->next = buckets[symbol->number];
    buckets[symbol->number] = symbol;
  }
  number = symbol == NULL ? -1 : symbol->number;
  return PyLong_FromLong(number);
}

static PyObject *is_known(PyObject *module, PyObject *args) {
  const char *name;
  if (!PyArg_ParseTuple(args, "s", &name)) {
    return NULL;
  }
  int known = find(name) != NULL;
  return PyBool_FromLong(known);
}

static PyMethodDef methods[] = {
    {"intern", intern, METH_VARARGS, NULL},
    {"is_known", is_known, METH_VARARGS, NULL},
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
    .m_name = "static_container_hash_table",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_static_container_hash_table(void) {
  return PyModuleDef_Init(&definition);
}

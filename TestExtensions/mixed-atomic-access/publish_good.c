// The module of publish_bad.c; the store releases and the load acquires.
#include <Python.h>
#include <stdatomic.h>

typedef struct {
  double sines[256];
  int size;
} Table;

static _Atomic(Table *) table;

static Table *table_get(void) {
  Table *current = atomic_load_explicit(&table, memory_order_acquire);
  if (current != NULL) {
    return current;
  }
  Table *made = PyMem_RawCalloc(1, sizeof *made);
  if (made == NULL) {
    return NULL;
  }
  made->size = 256;
  for (int i = 0; i < made->size; i++) {
    double x = i / 256.0;
    made->sines[i] = x - x * x * x / 6;
  }
  Table *expected = NULL;
  if (!atomic_compare_exchange_strong_explicit(&table, &expected, made, memory_order_acq_rel,
                                               memory_order_acquire)) {
    PyMem_RawFree(made);
    return expected;
  }
  return made;
}

static PyObject *sine(PyObject *module, PyObject *number) {
  long index = PyLong_AsLong(number);
  Table *current = table_get();
  if (current == NULL) {
    return PyErr_NoMemory();
  }
  if (index < 0 || index >= current->size) {
    PyErr_SetString(PyExc_IndexError, "out of range");
    return NULL;
  }
  return PyFloat_FromDouble(current->sines[index]);
}

static PyMethodDef methods[] = {
    {"sine", sine, METH_O, NULL},
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
    .m_name = "mixed_atomic_access_publish_good",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mixed_atomic_access_publish_good(void) {
  return PyModuleDef_Init(&definition);
}

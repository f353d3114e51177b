// The pointer to the table is published relaxed: another thread may see it before the numbers it points to.
#include <Python.h>
#include <stdatomic.h>

typedef struct {
  double sines[256];
  int size;
} Table;

static _Atomic(Table *) table;  // expect: mixed-atomic-access

static Table *table_get(void) {
  Table *current = atomic_load_explicit(&table, memory_order_relaxed);
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
  if (!atomic_compare_exchange_strong_explicit(&table, &expected, made, memory_order_relaxed,
                                               memory_order_relaxed)) {
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mixed_atomic_access_publish_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mixed_atomic_access_publish_bad(void) {
  return PyModuleDef_Init(&definition);
}

// 'continue' goes to the next turn, and the lock of this one is never given back.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

#define LOCK_CELL(cell) PyMutex_Lock(&(cell)->mutex)
#define UNLOCK_CELL(cell) PyMutex_Unlock(&(cell)->mutex)
#define CELLS 8

typedef struct {
  PyMutex mutex;
  long value;
} Cell;

static Cell cells[CELLS];

static PyObject *add_to_all(PyObject *module, PyObject *number) {
  long step = PyLong_AsLong(number), changed = 0;
  if (step == -1 && PyErr_Occurred()) {
    return NULL;
  }
  for (int i = 0; i < CELLS; i++) {
    Cell *cell = &cells[i];
    LOCK_CELL(cell);  // expect: unbalanced-lock
    if (cell->value > 1000) {
      continue;
    }
    cell->value += step;
    changed++;
    UNLOCK_CELL(cell);
  }
  return PyLong_FromLong(changed);
}

static PyMethodDef methods[] = {
    {"add_to_all", add_to_all, METH_O, NULL},
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
    .m_name = "unbalanced_lock_loop_bad",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_loop_bad(void) {
  return PyModuleDef_Init(&definition);
}

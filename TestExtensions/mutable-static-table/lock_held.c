// A helper that wants its caller to hold the lock; one of two callers does.
#include <Python.h>

static PyThread_type_lock lock;
static struct {
  int x, y;
} corners[4];  // expect: mutable-static-table

static int exec_module(PyObject *module) {
  lock = PyThread_allocate_lock();
  return lock == NULL ? -1 : 0;
}

static void move_lock_held(int dx, int dy) {
  for (int i = 0; i < 4; i++) {
    corners[i].x += dx;
    corners[i].y += dy;
  }
}

static PyObject *move(PyObject *module, PyObject *args) {
  int dx, dy;
  if (!PyArg_ParseTuple(args, "ii", &dx, &dy)) {
    return NULL;
  }
  PyThread_acquire_lock(lock, WAIT_LOCK);
  move_lock_held(dx, dy);
  PyThread_release_lock(lock);
  Py_RETURN_NONE;
}

static PyObject *move_right(PyObject *module, PyObject *unused) {
  move_lock_held(1, 0);
  int x = corners[0].x;
  return PyLong_FromLong(x);
}

static PyMethodDef methods[] = {
    {"move", move, METH_VARARGS, NULL},
    {"move_right", move_right, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mutable_static_table_lock_held",
    .m_methods = methods,
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_mutable_static_table_lock_held(void) {
  return PyModuleDef_Init(&definition);
}

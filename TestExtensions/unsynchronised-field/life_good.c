// What tp_dealloc, tp_traverse and tp_clear write races with nothing; neither does a local copy.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *callback;
  unsigned int state;
  int visited;
  int limit;
} Watcher;

enum { ALIVE = 1, CLEARED = 2 };

static PyObject *watcher_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *callback;
  int limit = 10;
  if (!PyArg_ParseTuple(args, "O|i:Watcher", &callback, &limit)) {
    return NULL;
  }
  Watcher *self = (Watcher *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->callback = Py_NewRef(callback);
  self->state = ALIVE;
  self->limit = limit;
  return (PyObject *)self;
}

static int watcher_traverse(PyObject *op, visitproc visit, void *arg) {
  Watcher *self = (Watcher *)op;
  self->visited++;
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(self->callback);
  return 0;
}

static int watcher_clear(PyObject *op) {
  ((Watcher *)op)->state |= CLEARED;
  Py_CLEAR(((Watcher *)op)->callback);
  return 0;
}

static void watcher_dealloc(PyObject *op) {
  Watcher *self = (Watcher *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  self->state = 0;
  self->visited = 0;
  Py_CLEAR(self->callback);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *watcher_countdown(Watcher *self, PyObject *unused) {
  Watcher local = {.limit = self->limit, .state = ALIVE};
  PyObject *list = PyList_New(0);
  while (list != NULL && local.limit-- > 0) {
    PyObject *number = PyLong_FromLong(local.limit);
    if (number == NULL || PyList_Append(list, number) < 0) {
      Py_CLEAR(list);
    }
    Py_XDECREF(number);
  }
  return list;
}

static PyObject *watcher_get_limit(Watcher *self, void *closure) {
  return PyLong_FromLong(self->limit);
}

static PyMethodDef watcher_methods[] = {
    {"countdown", (PyCFunction)watcher_countdown, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef watcher_getset[] = {
    {"limit", (getter)watcher_get_limit, NULL, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyType_Slot watcher_slots[] = {
    {Py_tp_new, watcher_new},
    {Py_tp_traverse, watcher_traverse},
    {Py_tp_clear, watcher_clear},
    {Py_tp_dealloc, watcher_dealloc},
    {Py_tp_methods, watcher_methods},
    {Py_tp_getset, watcher_getset},
    {0, NULL},
};

static PyType_Spec watcher_spec = {
    .name = "life.Watcher",
    .basicsize = sizeof(Watcher),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = watcher_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&watcher_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, add_types},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_life_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_life_good(void) {
  return PyModuleDef_Init(&moduledef);
}

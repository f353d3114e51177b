// One helper only locks and another only unlocks; who uses them does both.
#include <Python.h>
#include <pthread.h>

typedef struct {
  PyObject_HEAD
  pthread_mutex_t mutex;
  unsigned long hits, misses;
} Score;

static PyObject *score_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  Score *self = (Score *)type->tp_alloc(type, 0);
  if (self != NULL && pthread_mutex_init(&self->mutex, NULL) != 0) {
    PyErr_SetString(PyExc_RuntimeError, "no mutex");
    Py_CLEAR(self);
  }
  return (PyObject *)self;
}

static void score_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  pthread_mutex_destroy(&((Score *)op)->mutex);
  type->tp_free(op);
  Py_DECREF(type);
}

static void score_lock(Score *self) { pthread_mutex_lock(&self->mutex); }

static void score_unlock(Score *self) { pthread_mutex_unlock(&self->mutex); }

static PyObject *score_count(PyObject *op, PyObject *hit) {
  Score *self = (Score *)op;
  score_lock(self);
  if (hit == Py_True) {
    self->hits++;
    score_unlock(self);
    Py_RETURN_TRUE;
  }
  self->misses++;
  score_unlock(self);
  Py_RETURN_FALSE;
}

static PyObject *score_ratio(PyObject *op, PyObject *unused) {
  Score *self = (Score *)op;
  score_lock(self);
  unsigned long hits = self->hits, all = hits + self->misses;
  score_unlock(self);
  return PyFloat_FromDouble(all == 0 ? 0 : (double)hits / (double)all);
}

static PyMethodDef score_methods[] = {
    {"count", score_count, METH_O, NULL},
    {"ratio", score_ratio, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot score_slots[] = {
    {Py_tp_new, score_new},
    {Py_tp_dealloc, score_dealloc},
    {Py_tp_methods, score_methods},
    {0, NULL},
};

static PyType_Spec score_spec = {
    .name = "helper_pair_good.Score",
    .basicsize = sizeof(Score),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = score_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&score_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unbalanced_lock_helper_pair_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_helper_pair_good(void) {
  return PyModuleDef_Init(&definition);
}

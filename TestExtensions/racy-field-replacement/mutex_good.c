// The mutex in the object orders the replacements; one of them is in a function that its callers
// lock for.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  PyObject *frame;
} Player;

static void player_dealloc(PyObject *object) {
  Player *self = (Player *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->frame);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *swap_frame_locked(Player *self, PyObject *frame) {
  PyObject *old = self->frame;
  self->frame = frame;
  return old;
}

static PyObject *player_show(PyObject *op, PyObject *frame) {
  Player *self = (Player *)op;
  Py_INCREF(frame);
  PyMutex_Lock(&self->mutex);
  PyObject *old = swap_frame_locked(self, frame);
  PyMutex_Unlock(&self->mutex);
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *player_stop(PyObject *op, PyObject *unused) {
  Player *self = (Player *)op;
  PyMutex_Lock(&self->mutex);
  PyObject *old = swap_frame_locked(self, NULL);
  PyMutex_Unlock(&self->mutex);
  return old != NULL ? old : Py_NewRef(Py_None);
}

static PyMethodDef player_methods[] = {
    {"show", player_show, METH_O, NULL},
    {"stop", player_stop, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot player_slots[] = {
    {Py_tp_dealloc, player_dealloc},
    {Py_tp_methods, player_methods},
    {0, NULL},
};

static PyType_Spec player_spec = {
    .name = "mutex.Player",
    .basicsize = sizeof(Player),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = player_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&player_spec);
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
    .m_name = "racy_field_replacement_mutex_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_mutex_good(void) {
  return PyModuleDef_Init(&definition);
}

// The callback can be assigned to; the caller takes its reference under the wrong lock.
#include <Python.h>
#include <structmember.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyObject *callback;  // expect: exposed-member
  PyMutex lock;
} Timer;

static int timer_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(((Timer *)op)->callback);
  return 0;
}

static int timer_clear(PyObject *op) {
  Py_CLEAR(((Timer *)op)->callback);
  return 0;
}

static void timer_dealloc(PyObject *op) {
  Timer *self = (Timer *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  Py_CLEAR(self->callback);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *timer_fire(Timer *self, PyObject *unused) {
  PyMutex_Lock(&self->lock);
  PyObject *callback = Py_XNewRef(self->callback);
  PyMutex_Unlock(&self->lock);
  if (callback == NULL) {
    Py_RETURN_NONE;
  }
  PyObject *result = PyObject_CallNoArgs(callback);
  Py_DECREF(callback);
  return result;
}

static PyObject *timer_cancel(Timer *self, PyObject *unused) {
  PyMutex_Lock(&self->lock);
  PyObject *callback = self->callback;
  self->callback = NULL;
  PyMutex_Unlock(&self->lock);
  Py_XDECREF(callback);
  Py_RETURN_NONE;
}

static PyMethodDef timer_methods[] = {
    {"fire", (PyCFunction)timer_fire, METH_NOARGS, NULL},
    {"cancel", (PyCFunction)timer_cancel, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef timer_members[] = {
    {"callback", T_OBJECT, offsetof(Timer, callback), 0, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot timer_slots[] = {
    {Py_tp_traverse, timer_traverse},
    {Py_tp_clear, timer_clear},
    {Py_tp_dealloc, timer_dealloc},
    {Py_tp_methods, timer_methods},
    {Py_tp_members, timer_members},
    {0, NULL},
};

static PyType_Spec timer_spec = {
    .name = "writable_object.Timer",
    .basicsize = sizeof(Timer),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = timer_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&timer_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "exposed_member_writable_object_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_exposed_member_writable_object_bad(void) {
  return PyModuleDef_Init(&definition);
}

// A writable object and a read-only number; C code touches both in sections on the object.
#include <Python.h>
#include <structmember.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *handler;
  long calls;
} Hook;

#define ENTER(op) Py_BEGIN_CRITICAL_SECTION(op)
#define LEAVE() Py_END_CRITICAL_SECTION()

static int hook_traverse(PyObject *op, visitproc visit, void *arg) {
  Py_VISIT(Py_TYPE(op));
  Py_VISIT(((Hook *)op)->handler);
  return 0;
}

static int hook_clear(PyObject *op) {
  Py_CLEAR(((Hook *)op)->handler);
  return 0;
}

static void hook_dealloc(PyObject *op) {
  Hook *self = (Hook *)op;
  PyTypeObject *type = Py_TYPE(op);
  PyObject_GC_UnTrack(op);
  Py_CLEAR(self->handler);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *take_handler(Hook *self) {
  PyObject *handler;
  ENTER(self);
  handler = Py_XNewRef(self->handler);
  self->calls++;
  LEAVE();
  return handler;
}

static PyObject *hook_call(PyObject *op, PyObject *args, PyObject *kwargs) {
  PyObject *handler = take_handler((Hook *)op);
  if (handler == NULL) {
    Py_RETURN_NONE;
  }
  PyObject *result = PyObject_Call(handler, args, kwargs);
  Py_DECREF(handler);
  return result;
}

static PyObject *hook_detach(Hook *self, PyObject *unused) {
  PyObject *old;
  ENTER(self);
  old = self->handler;
  self->handler = NULL;
  self->calls = 0;
  LEAVE();
  return old != NULL ? old : Py_NewRef(Py_None);
}

static PyMethodDef hook_methods[] = {
    {"detach", (PyCFunction)hook_detach, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef hook_members[] = {
    {"handler", T_OBJECT_EX, offsetof(Hook, handler), 0, NULL},
    {"calls", T_LONG, offsetof(Hook, calls), READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot hook_slots[] = {
    {Py_tp_traverse, hook_traverse},
    {Py_tp_clear, hook_clear},
    {Py_tp_dealloc, hook_dealloc},
    {Py_tp_call, hook_call},
    {Py_tp_methods, hook_methods},
    {Py_tp_members, hook_members},
    {0, NULL},
};

static PyType_Spec hook_spec = {
    .name = "locked_readers.Hook",
    .basicsize = sizeof(Hook),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = hook_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&hook_spec);
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
    .m_name = "exposed_member_locked_readers_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_exposed_member_locked_readers_good(void) {
  return PyModuleDef_Init(&definition);
}

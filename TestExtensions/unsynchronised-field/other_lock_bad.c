// The writer holds a static mutex, the reader the critical section of the object.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  int priority;  // expect: unsynchronised-field
  int initial;
} Task;

static PyMutex queue_mutex = {0};

static void task_dealloc(PyObject *op) {
  Py_TYPE(op)->tp_free(op);
}

static int task_set_priority(Task *self, PyObject *value, void *closure) {
  long priority = value != NULL ? PyLong_AsLong(value) : self->initial;
  if (priority == -1 && PyErr_Occurred()) {
    return -1;
  }
  PyMutex_Lock(&queue_mutex);
  self->priority = (int)priority;
  PyMutex_Unlock(&queue_mutex);
  return 0;
}

static PyObject *task_get_priority(Task *self, void *closure) {
  int priority;
  Py_BEGIN_CRITICAL_SECTION(self);
  priority = self->priority;
  Py_END_CRITICAL_SECTION();
  return PyLong_FromLong(priority);
}

static int task_bool(PyObject *op) {
  int priority;
  Py_BEGIN_CRITICAL_SECTION(op);
  priority = ((Task *)op)->priority;
  Py_END_CRITICAL_SECTION();
  return priority > 0;
}

static PyGetSetDef task_getset[] = {
    {"priority", (getter)task_get_priority, (setter)task_set_priority, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyNumberMethods task_as_number = {
    .nb_bool = task_bool,
};

static PyTypeObject Task_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "other_lock.Task",
    .tp_basicsize = sizeof(Task),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = task_dealloc,
    .tp_getset = task_getset,
    .tp_as_number = &task_as_number,
    .tp_new = PyType_GenericNew,
};

static int exec_module(PyObject *module) {
  return PyModule_AddType(module, &Task_Type);
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
    .m_name = "unsynchronised_field_other_lock_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_other_lock_bad(void) {
  return PyModuleDef_Init(&definition);
}

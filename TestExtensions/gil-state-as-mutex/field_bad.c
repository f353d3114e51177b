// The callback of the device attaches to add to the object's fields, which a method also reads and resets.
#include <Python.h>
#include <pthread.h>

typedef struct {
  PyObject_HEAD
  unsigned long frames;  // expect: unsynchronised-field
  unsigned long lost;
} Device;

static void on_frame(void *context, int complete) {
  Device *self = context;
  PyGILState_STATE state = PyGILState_Ensure();  // expect: gil-state-as-mutex
  self->frames++;
  if (!complete) {
    self->lost++;
  }
  PyGILState_Release(state);
}

static void *device_thread(void *context) {
  for (int i = 0; i < 50; i++) {
    on_frame(context, i % 7 != 0);
  }
  return NULL;
}

static PyObject *device_run(PyObject *op, PyObject *unused) {
  pthread_t thread;
  int error;
  Py_BEGIN_ALLOW_THREADS
  error = pthread_create(&thread, NULL, device_thread, op);
  if (error == 0) {
    error = pthread_join(thread, NULL);
  }
  Py_END_ALLOW_THREADS
  if (error != 0) {
    PyErr_SetString(PyExc_RuntimeError, "no thread");
    return NULL;
  }
  Py_RETURN_NONE;
}

static PyObject *device_statistics(PyObject *op, PyObject *unused) {
  Device *self = (Device *)op;
  PyObject *result = Py_BuildValue("kk", self->frames, self->lost);
  self->frames = self->lost = 0;
  return result;
}

static PyMethodDef device_methods[] = {
    {"run", device_run, METH_NOARGS, NULL},
    {"statistics", device_statistics, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot device_slots[] = {
    {Py_tp_methods, device_methods},
    {0, NULL},
};

static PyType_Spec device_spec = {
    .name = "field_bad.Device",
    .basicsize = sizeof(Device),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = device_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&device_spec);
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
    .m_name = "gil_state_as_mutex_field_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_gil_state_as_mutex_field_bad(void) {
  return PyModuleDef_Init(&definition);
}

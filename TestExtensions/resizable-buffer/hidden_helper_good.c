// The helper is not static, but hidden: only the methods of this module, which lock, call it.
#include <Python.h>
#include <stdlib.h>
#include <string.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  char *text;
} Failure;

__attribute__((visibility("hidden"))) void failure_replace(Failure *self, const char *text);

void failure_replace(Failure *self, const char *text) {
  free(self->text);
  self->text = strdup(text);
}

static PyObject *failure_set(Failure *self, PyObject *unused) {
  PyMutex_Lock(&self->mutex);
  failure_replace(self, "broken");
  PyMutex_Unlock(&self->mutex);
  Py_RETURN_NONE;
}

static PyObject *failure_first(Failure *self, PyObject *unused) {
  PyMutex_Lock(&self->mutex);
  char first = self->text != NULL ? self->text[0] : 0;
  PyMutex_Unlock(&self->mutex);
  return PyLong_FromLong(first);
}

static void failure_dealloc(PyObject *op) {
  Failure *self = (Failure *)op;
  PyTypeObject *type = Py_TYPE(op);
  free(self->text);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyMethodDef failure_methods[] = {
    {"set", (PyCFunction)failure_set, METH_NOARGS, NULL},
    {"first", (PyCFunction)failure_first, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot failure_slots[] = {
    {Py_tp_dealloc, failure_dealloc},
    {Py_tp_methods, failure_methods},
    {0, NULL},
};

static PyType_Spec failure_spec = {
    .name = "resizable_buffer_hidden_helper_good.Failure",
    .basicsize = sizeof(Failure),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = failure_slots,
};

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&failure_spec);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "resizable_buffer_hidden_helper_good",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_resizable_buffer_hidden_helper_good(void) {
  return PyModuleDef_Init(&module_def);
}

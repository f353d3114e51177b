// A PyMutex is not suspended, and a value that is copied out is the caller's own.
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
  PyMutex lock;
  char name[32];
  double *weights;
  int count;
} Layer;

static void layer_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  PyMem_Free(((Layer *)op)->weights);
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *layer_resize(PyObject *op, PyObject *args) {
  Layer *self = (Layer *)op;
  int count;
  if (!PyArg_ParseTuple(args, "i", &count)) {
    return NULL;
  }
  double *fresh = PyMem_Calloc(count < 1 ? 1 : count, sizeof(double));
  if (fresh == NULL) {
    return PyErr_NoMemory();
  }
  PyMutex_Lock(&self->lock);
  double *old = self->weights;
  self->weights = fresh;
  self->count = count;
  PyMutex_Unlock(&self->lock);
  PyMem_Free(old);
  Py_RETURN_NONE;
}

static PyObject *layer_sum(PyObject *op, PyObject *unused) {
  Layer *self = (Layer *)op;
  PyMutex_Lock(&self->lock);
  const double *weights = self->weights;
  int count = self->count;
  double sum = 0;
  for (int i = 0; i < count; i++) {
    sum += weights[i];
  }
  PyMutex_Unlock(&self->lock);
  return PyFloat_FromDouble(sum);
}

static PyObject *layer_rename(PyObject *op, PyObject *argument) {
  Layer *self = (Layer *)op;
  const char *text = PyUnicode_AsUTF8(argument);
  if (text == NULL) {
    return NULL;
  }
  Py_BEGIN_CRITICAL_SECTION(op);
  PyOS_snprintf(self->name, sizeof self->name, "%s", text);
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyObject *layer_describe(PyObject *op, PyObject *formatter) {
  Layer *self = (Layer *)op;
  char name[sizeof self->name];
  Py_BEGIN_CRITICAL_SECTION(op);
  memcpy(name, self->name, sizeof name);
  Py_END_CRITICAL_SECTION();
  return PyObject_CallFunction(formatter, "s", name);
}

static PyMethodDef layer_methods[] = {
    {"resize", layer_resize, METH_VARARGS, NULL},
    {"sum", layer_sum, METH_NOARGS, NULL},
    {"rename", layer_rename, METH_O, NULL},
    {"describe", layer_describe, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot layer_slots[] = {
    {Py_tp_dealloc, layer_dealloc},
    {Py_tp_methods, layer_methods},
    {0, NULL},
};

static PyType_Spec layer_spec = {
    .name = "mutex_good.Layer",
    .basicsize = sizeof(Layer),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = layer_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&layer_spec);
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
    .m_name = "stale_value_after_suspension_mutex_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_stale_value_after_suspension_mutex_good(void) {
  return PyModuleDef_Init(&definition);
}

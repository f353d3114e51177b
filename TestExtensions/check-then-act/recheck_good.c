// What was asked without the other's consent is asked again, under the lock of the write.
#include <Python.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  PyMutex mutex;
  char read_only;
  long generation;
} Document;

static PyObject *document_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int read_only = 0;
  if (!PyArg_ParseTuple(args, "|p:Document", &read_only)) {
    return NULL;
  }
  Document *self = (Document *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->read_only = (char)read_only;
  }
  return (PyObject *)self;
}

static void document_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

static long current_generation(Document *self) {
  PyMutex_Lock(&self->mutex);
  long generation = self->generation;
  PyMutex_Unlock(&self->mutex);
  return generation;
}

static PyObject *document_commit(Document *self, PyObject *arg) {
  long expected = PyLong_AsLong(arg);
  if (expected == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (self->read_only) {  // constant after tp_new
    PyErr_SetString(PyExc_PermissionError, "read-only");
    return NULL;
  }
  if (current_generation(self) != expected) {
    Py_RETURN_FALSE;  // early, to save the work
  }
  int done = 0;
  PyMutex_Lock(&self->mutex);
  if (self->generation == expected) {
    self->generation++;
    done = 1;
  }
  PyMutex_Unlock(&self->mutex);
  return PyBool_FromLong(done);
}

static PyObject *document_generation(Document *self, PyObject *unused) {
  return PyLong_FromLong(current_generation(self));
}

static PyMethodDef document_methods[] = {
    {"commit", (PyCFunction)document_commit, METH_O, NULL},
    {"generation", (PyCFunction)document_generation, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot document_slots[] = {
    {Py_tp_new, document_new},
    {Py_tp_dealloc, document_dealloc},
    {Py_tp_methods, document_methods},
    {0, NULL},
};

static PyType_Spec document_spec = {
    .name = "recheck.Document",
    .basicsize = sizeof(Document),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = document_slots,
};

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&document_spec);
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
    .m_name = "check_then_act_recheck_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_check_then_act_recheck_good(void) {
  return PyModuleDef_Init(&moduledef);
}

// The values change places under the lock, and the old ones are dropped after it.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *last_key;
  PyObject *last_value;
} Memo;

static void memo_dealloc(PyObject *object) {
  Memo *self = (Memo *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->last_key);
  Py_XDECREF(self->last_value);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *memo_note(PyObject *op, PyObject *args) {
  Memo *self = (Memo *)op;
  PyObject *key, *value;
  if (!PyArg_ParseTuple(args, "OO", &key, &value)) {
    return NULL;
  }
  PyObject *old_key, *old_value;
  Py_INCREF(key);
  Py_INCREF(value);
  Py_BEGIN_CRITICAL_SECTION(self);
  old_key = self->last_key;
  self->last_key = key;
  old_value = self->last_value;
  self->last_value = value;
  Py_END_CRITICAL_SECTION();
  Py_XDECREF(old_key);
  Py_XDECREF(old_value);
  Py_RETURN_NONE;
}

static PyMethodDef memo_methods[] = {
    {"note", memo_note, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot memo_slots[] = {
    {Py_tp_dealloc, memo_dealloc},
    {Py_tp_methods, memo_methods},
    {0, NULL},
};

static PyType_Spec memo_spec = {
    .name = "by_hand.Memo",
    .basicsize = sizeof(Memo),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = memo_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&memo_spec);
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
    .m_name = "racy_field_replacement_by_hand_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_by_hand_good(void) {
  return PyModuleDef_Init(&definition);
}

// The member makes a string out of characters that the method frees under a mutex of its own.
#include <Python.h>
#include <structmember.h>
#include <stdlib.h>
#include <string.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  PyObject_HEAD
  char *title;  // expect: exposed-member
  PyMutex title_mutex;
} Panel;

static void panel_dealloc(PyObject *op) {
  Panel *self = (Panel *)op;
  free(self->title);
  Py_TYPE(op)->tp_free(op);
}

static PyObject *panel_rename(Panel *self, PyObject *arg) {
  const char *text = PyUnicode_AsUTF8(arg);
  if (text == NULL) {
    return NULL;
  }
  char *copy = strdup(text);
  if (copy == NULL) {
    return PyErr_NoMemory();
  }
  PyMutex_Lock(&self->title_mutex);
  char *old = self->title;
  self->title = copy;
  PyMutex_Unlock(&self->title_mutex);
  free(old);
  Py_RETURN_NONE;
}

static PyMethodDef panel_methods[] = {
    {"rename", (PyCFunction)panel_rename, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyMemberDef panel_members[] = {
    {.name = "title", .type = T_STRING, .offset = offsetof(Panel, title), .flags = READONLY},
    {NULL},
};

static PyTypeObject Panel_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "string.Panel",
    .tp_basicsize = sizeof(Panel),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = panel_dealloc,
    .tp_methods = panel_methods,
    .tp_members = panel_members,
    .tp_new = PyType_GenericNew,
};

static int exec_module(PyObject *module) {
  return PyModule_AddType(module, &Panel_Type);
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
    .m_name = "exposed_member_string_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_exposed_member_string_bad(void) {
  return PyModuleDef_Init(&definition);
}

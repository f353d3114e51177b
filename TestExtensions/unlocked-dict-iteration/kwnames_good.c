// What a vectorcall function gets as the names of its keywords is a tuple, also in the helper that
// takes a dict from others.
#include <Python.h>

#include <stddef.h>
#if PY_VERSION_HEX < 0x030C0000
#include <structmember.h>
#define Py_T_PYSSIZET T_PYSSIZET
#define Py_READONLY READONLY
#endif

typedef struct {
  PyObject_HEAD
  vectorcallfunc call;
} Command;

static int reject_keywords(PyObject *keywords) {
  Py_ssize_t position = 0;
  PyObject *name = NULL;
  if (PyTuple_Check(keywords)) {
    if (PyTuple_GET_SIZE(keywords) == 0) {
      return 0;
    }
    name = PyTuple_GET_ITEM(keywords, 0);
  } else if (!PyDict_Next(keywords, &position, &name, NULL)) {
    return 0;
  }
  PyErr_Format(PyExc_TypeError, "unexpected keyword '%U'", name);
  return -1;
}

static PyObject *command_call(PyObject *op, PyObject *const *args, size_t nargsf,
                              PyObject *kwnames) {
  if (kwnames != NULL && reject_keywords(kwnames) < 0) {
    return NULL;
  }
  return PyLong_FromSsize_t(PyVectorcall_NARGS(nargsf));
}

static PyObject *command_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  if (kwargs != NULL && reject_keywords(kwargs) < 0) {
    return NULL;
  }
  Command *self = (Command *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->call = command_call;
  }
  return (PyObject *)self;
}

static void command_dealloc(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyMemberDef command_members[] = {
    {"__vectorcalloffset__", Py_T_PYSSIZET, offsetof(Command, call), Py_READONLY, NULL},
    {NULL, 0, 0, 0, NULL},
};

static PyType_Slot command_slots[] = {
    {Py_tp_new, command_new},
    {Py_tp_dealloc, command_dealloc},
    {Py_tp_call, PyVectorcall_Call},
    {Py_tp_members, command_members},
    {0, NULL},
};

static PyType_Spec command_spec = {
    .name = "kwnames.Command",
    .basicsize = sizeof(Command),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL,
    .slots = command_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&command_spec);
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
    .m_name = "unlocked_dict_iteration_kwnames_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unlocked_dict_iteration_kwnames_good(void) {
  return PyModuleDef_Init(&definition);
}

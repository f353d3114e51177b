// What looks like a count of references: a depth, and a count that one static mutex guards.
#include <Python.h>
#include <stdlib.h>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

typedef struct {
  int refs;
  long id;
} Context;

typedef struct {
  PyObject_HEAD
  Context *context;
} User;

static PyMutex contexts_mutex = {0};

static Context *retain(Context *context) {
  PyMutex_Lock(&contexts_mutex);
  context->refs++;
  PyMutex_Unlock(&contexts_mutex);
  return context;
}

static void release(Context *context) {
  PyMutex_Lock(&contexts_mutex);
  int left = --context->refs;
  PyMutex_Unlock(&contexts_mutex);
  if (left == 0) {
    free(context);
  }
}

static PyObject *user_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  long id = 0;
  if (!PyArg_ParseTuple(args, "|l:User", &id)) {
    return NULL;
  }
  User *self = (User *)type->tp_alloc(type, 0);
  if (self == NULL) {
    return NULL;
  }
  self->context = malloc(sizeof(Context));
  if (self->context == NULL) {
    Py_DECREF(self);
    return PyErr_NoMemory();
  }
  self->context->refs = 1;
  self->context->id = id;
  return (PyObject *)self;
}

static void user_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  if (((User *)op)->context != NULL) {
    release(((User *)op)->context);
  }
  type->tp_free(op);
  Py_DECREF(type);
}

static PyObject *user_fork(User *self, PyObject *unused) {
  User *fork = (User *)Py_TYPE(self)->tp_alloc(Py_TYPE(self), 0);
  if (fork != NULL) {
    fork->context = retain(self->context);
  }
  return (PyObject *)fork;
}

static PyObject *user_balance(User *self, PyObject *text) {
  const char *at = PyUnicode_AsUTF8(text);
  char *open = at != NULL ? malloc(strlen(at) + 1) : NULL;
  if (open == NULL) {
    return at != NULL ? PyErr_NoMemory() : NULL;
  }
  struct {
    int depth;
  } state = {0};
  for (; *at != '\0'; at++) {
    if (*at == '(') {
      open[state.depth++] = *at;
    } else if (*at == ')' && --state.depth == 0) {
      break;
    } else if (state.depth < 0) {
      break;
    }
  }
  free(open);
  return PyLong_FromLong(self->context->id + state.depth);
}

static PyMethodDef user_methods[] = {
    {"fork", (PyCFunction)user_fork, METH_NOARGS, NULL},
    {"balance", (PyCFunction)user_balance, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot user_slots[] = {
    {Py_tp_new, user_new},
    {Py_tp_dealloc, user_dealloc},
    {Py_tp_methods, user_methods},
    {0, NULL},
};

static PyType_Spec user_spec = {
    .name = "mutex.User",
    .basicsize = sizeof(User),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = user_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&user_spec);
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
    .m_name = "own_reference_count_mutex_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_own_reference_count_mutex_good(void) {
  return PyModuleDef_Init(&definition);
}

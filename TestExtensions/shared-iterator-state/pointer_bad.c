// A pointer moves through the bytes of the owner, in a helper and a macro.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  PyObject *bytes;
  const char *at;  // expect: shared-iterator-state
  const char *end;
} Words;

#define PEEK(it) (*(it)->at)
#define SKIP(it) ((it)->at++)

static PyObject *words_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  PyObject *bytes;
  if (!PyArg_ParseTuple(args, "S:Words", &bytes)) {
    return NULL;
  }
  Words *self = (Words *)type->tp_alloc(type, 0);
  if (self != NULL) {
    self->bytes = Py_NewRef(bytes);
    self->at = PyBytes_AS_STRING(bytes);
    self->end = self->at + PyBytes_GET_SIZE(bytes);
  }
  return (PyObject *)self;
}

static void words_dealloc(PyObject *op) {
  Words *self = (Words *)op;
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->bytes);
  type->tp_free(op);
  Py_DECREF(type);
}

static void skip_blanks(Words *it) {
  while (it->at < it->end && PEEK(it) == ' ') {
    SKIP(it);
  }
}

static PyObject *words_next(PyObject *op) {
  Words *it = (Words *)op;
  skip_blanks(it);
  const char *start = it->at;
  while (it->at < it->end && PEEK(it) != ' ') {
    SKIP(it);
  }
  return it->at > start ? PyBytes_FromStringAndSize(start, it->at - start) : NULL;
}

static PyTypeObject Words_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "pointer.Words",
    .tp_basicsize = sizeof(Words),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = words_new,
    .tp_dealloc = words_dealloc,
    .tp_iter = PyObject_SelfIter,
    .tp_iternext = words_next,
};

static int exec_words(PyObject *module) {
  return PyModule_AddType(module, &Words_Type);
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_words},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shared_iterator_state_pointer_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_shared_iterator_state_pointer_bad(void) {
  return PyModuleDef_Init(&moduledef);
}

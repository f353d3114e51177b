// The project's macros hide that a setter writes what the comparison reads.
#include <Python.h>

typedef struct {
  PyObject_HEAD
  unsigned int flags;  // expect: unsynchronised-field
  int level;
} Filter;

#define FILTER(op) ((Filter *)(op))
#define FLAG_STRICT 0x1u
#define FLAG_FOLD 0x2u
#define HAS_FLAG(op, flag) ((FILTER(op)->flags & (flag)) != 0)
#define SET_FLAG(op, flag, on)              \
  do {                                      \
    if (on) {                               \
      FILTER(op)->flags |= (flag);          \
    } else {                                \
      FILTER(op)->flags &= ~(flag);         \
    }                                       \
  } while (0)
#define FLAG_PROPERTY(name, flag)                                               \
  static PyObject *filter_get_##name(PyObject *op, void *closure) {             \
    return PyBool_FromLong(HAS_FLAG(op, flag));                                 \
  }                                                                             \
  static int filter_set_##name(PyObject *op, PyObject *value, void *closure) {  \
    int on = value == NULL ? 0 : PyObject_IsTrue(value);                        \
    if (on < 0) {                                                               \
      return -1;                                                                \
    }                                                                           \
    SET_FLAG(op, flag, on);                                                     \
    return 0;                                                                   \
  }

static PyObject *filter_new(PyTypeObject *type, PyObject *args, PyObject *kwargs) {
  int level = 3;
  if (!PyArg_ParseTuple(args, "|i:Filter", &level)) {
    return NULL;
  }
  PyObject *op = type->tp_alloc(type, 0);
  if (op != NULL) {
    FILTER(op)->level = level;
    SET_FLAG(op, FLAG_STRICT, 1);
  }
  return op;
}

FLAG_PROPERTY(strict, FLAG_STRICT)
FLAG_PROPERTY(fold, FLAG_FOLD)

static PyObject *filter_accepts(PyObject *op, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return NULL;
  }
  if (HAS_FLAG(op, FLAG_FOLD) && value < 0) {
    value = -value;
  }
  return PyBool_FromLong(HAS_FLAG(op, FLAG_STRICT) ? value > FILTER(op)->level
                                                   : value >= FILTER(op)->level);
}

static PyMethodDef filter_methods[] = {
    {"accepts", (PyCFunction)filter_accepts, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};
static PyGetSetDef filter_getset[] = {
    {"strict", (getter)filter_get_strict, (setter)filter_set_strict, NULL, NULL},
    {"fold", (getter)filter_get_fold, (setter)filter_set_fold, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject Filter_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "macro.Filter",
    .tp_basicsize = sizeof(Filter),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = filter_new,
    .tp_methods = filter_methods,
    .tp_getset = filter_getset,
};

static int module_exec(PyObject *module) {
  return PyModule_AddType(module, &Filter_Type);
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, module_exec},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_macro_bad",
    .m_slots = module_slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_macro_bad(void) {
  return PyModuleDef_Init(&module_def);
}

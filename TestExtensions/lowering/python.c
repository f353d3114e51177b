// Probes for the lowering of the C API: what its macros hide must be seen as calls.
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <datetime.h>
#include <structmember.h>

typedef struct {
  PyObject_HEAD
  PyObject *x;
  PyObject *items;
  Py_ssize_t count;
#if PY_VERSION_HEX >= 0x030D0000
  PyMutex lock;
#endif
} Thing;

typedef struct {
  PyObject *error;
  PyObject *cache;
} State;

static PyObject *shared;

PyObject *list_item_read(PyObject *list) { return PyList_GET_ITEM(list, 0); }

void list_item_stored(PyObject *list, PyObject *value) { PyList_SET_ITEM(list, 0, value); }

void list_item_assigned(PyObject *list, PyObject *value) { PyList_GET_ITEM(list, 0) = value; }

PyObject **list_item_address(PyObject *list) { return &PyList_GET_ITEM(list, 0); }

Py_ssize_t list_size(PyObject *list) { return PyList_GET_SIZE(list); }

PyObject *tuple_item(PyObject *tuple) { return PyTuple_GET_ITEM(tuple, 1); }

void tuple_item_stored(PyObject *tuple, PyObject *value) { PyTuple_SET_ITEM(tuple, 1, value); }

PyObject *fast_sequence(PyObject *value) {
  PyObject *fast = PySequence_Fast(value, "not a sequence");
  if (fast == NULL) {
    return NULL;
  }
  PyObject *item = PySequence_Fast_GET_ITEM(fast, 0);
  Py_INCREF(item);
  Py_DECREF(fast);
  return item;
}

PyObject **fast_items(PyObject *fast) { return PySequence_Fast_ITEMS(fast); }

void clear_field(Thing *self) { Py_CLEAR(self->x); }

void clear_global(void) { Py_CLEAR(shared); }

void set_field(Thing *self, PyObject *value) { Py_SETREF(self->x, Py_NewRef(value)); }

void xset_field(Thing *self, PyObject *value) { Py_XSETREF(self->x, value); }

PyObject *return_none(void) { Py_RETURN_NONE; }

PyObject *return_true(int a) {
  if (a) Py_RETURN_TRUE;
  Py_RETURN_FALSE;
}

PyObject *return_compare(int a, int b, int op) { Py_RETURN_RICHCOMPARE(a, b, op); }

int type_checks(PyObject *o) { return PyList_Check(o) || PyDict_CheckExact(o) || Py_IS_TYPE(o, &PyType_Type); }

Py_ssize_t object_header(PyObject *o) { return Py_REFCNT(o) + (Py_TYPE(o) != NULL) + Py_SIZE(o); }

void let_go(long *out) {
  Py_BEGIN_ALLOW_THREADS
  *out = 1;
  Py_END_ALLOW_THREADS
}

int let_go_and_block(int a) {
  Py_BEGIN_ALLOW_THREADS
  if (a) {
    Py_BLOCK_THREADS
    PyErr_SetString(PyExc_ValueError, "a");
    return -1;
  }
  Py_UNBLOCK_THREADS
  Py_END_ALLOW_THREADS
  return 0;
}

void let_go_by_hand(void) {
  PyThreadState *saved = PyEval_SaveThread();
  PyEval_RestoreThread(saved);
}

void attach(void) {
  PyGILState_STATE state = PyGILState_Ensure();
  PyGILState_Release(state);
}

#if PY_VERSION_HEX >= 0x030D0000

Py_ssize_t critical_section(Thing *self) {
  Py_ssize_t result;
  Py_BEGIN_CRITICAL_SECTION(self);
  result = self->count++;
  Py_END_CRITICAL_SECTION();
  return result;
}

Py_ssize_t critical_section_left_early(Thing *self) {
  Py_BEGIN_CRITICAL_SECTION(self);
  if (self->count == 0) {
    return -1;
  }
  self->count--;
  Py_END_CRITICAL_SECTION();
  return 0;
}

int critical_section_goto(Thing *self) {
  int result = -1;
  Py_BEGIN_CRITICAL_SECTION(self);
  if (self->x == NULL) {
    goto done;
  }
  result = 0;
done:;
  Py_END_CRITICAL_SECTION();
  return result;
}

void critical_section_two(Thing *self, Thing *other) {
  Py_BEGIN_CRITICAL_SECTION2(self, other);
  self->count += other->count;
  Py_END_CRITICAL_SECTION2();
}

void mutex(Thing *self) {
  PyMutex_Lock(&self->lock);
  self->count++;
  PyMutex_Unlock(&self->lock);
}

void mutex_static(void) {
  static PyMutex lock = {0};
  PyMutex_Lock(&lock);
  Py_CLEAR(shared);
  PyMutex_Unlock(&lock);
}

PyObject *strong_reference(PyObject *dict, PyObject *key) {
  PyObject *value;
  if (PyDict_GetItemRef(dict, key, &value) < 0) {
    return NULL;
  }
  return value;
}

#endif

PyObject *module_state(PyObject *module) {
  return ((State *)PyModule_GetState(module))->cache;
}

void module_state_store(PyObject *module, PyObject *value) {
  State *state = PyModule_GetState(module);
  state->cache = Py_NewRef(value);
}

PyObject *parse(PyObject *self, PyObject *args) {
  PyObject *value;
  Py_ssize_t length = 0;
  if (!PyArg_ParseTuple(args, "O|n", &value, &length)) {
    return NULL;
  }
  return PyLong_FromSsize_t(length);
}

PyObject *iterate_dict(PyObject *dict) {
  PyObject *key, *value;
  Py_ssize_t position = 0;
  while (PyDict_Next(dict, &position, &key, &value)) {
    if (value == Py_None) {
      return Py_NewRef(key);
    }
  }
  Py_RETURN_NONE;
}

int import_datetime(void) {
  PyDateTime_IMPORT;
  return PyDateTimeAPI == NULL ? -1 : 0;
}

int is_date(PyObject *o) { return PyDate_Check(o); }

static int thing_traverse(Thing *self, visitproc visit, void *arg) {
  Py_VISIT(self->x);
  Py_VISIT(Py_TYPE(self));
  return 0;
}

static int thing_clear(Thing *self) {
  Py_CLEAR(self->x);
  Py_CLEAR(self->items);
  return 0;
}

static void thing_dealloc(Thing *self) {
  PyObject_GC_UnTrack(self);
  thing_clear(self);
  Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *thing_get(Thing *self, PyObject *Py_UNUSED(ignored)) {
  return Py_XNewRef(self->x);
}

static PyObject *thing_count(Thing *self, void *closure) {
  return PyLong_FromSsize_t(self->count);
}

static PyMethodDef thing_methods[] = {
    {"get", (PyCFunction)thing_get, METH_NOARGS, PyDoc_STR("Get.")},
    {NULL},
};

static PyGetSetDef thing_getset[] = {
    {"count", (getter)thing_count, NULL, NULL, NULL},
    {NULL},
};

static PyMemberDef thing_members[] = {
    {"x", T_OBJECT_EX, offsetof(Thing, x), 0, NULL},
    {NULL},
};

static PySequenceMethods thing_sequence = {.sq_length = (lenfunc)PyObject_Size};

PyTypeObject static_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "lowering.Thing",
    .tp_basicsize = sizeof(Thing),
    .tp_dealloc = (destructor)thing_dealloc,
    .tp_as_sequence = &thing_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_traverse = (traverseproc)thing_traverse,
    .tp_clear = (inquiry)thing_clear,
    .tp_methods = thing_methods,
    .tp_members = thing_members,
    .tp_getset = thing_getset,
    .tp_new = PyType_GenericNew,
};

static PyType_Slot heap_slots[] = {
    {Py_tp_dealloc, thing_dealloc},
    {Py_tp_traverse, thing_traverse},
    {Py_tp_clear, thing_clear},
    {Py_tp_methods, thing_methods},
    {Py_tp_getset, thing_getset},
    {0, NULL},
};

PyType_Spec heap_type = {
    .name = "lowering.HeapThing",
    .basicsize = sizeof(Thing),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = heap_slots,
};

static PyMethodDef module_methods[] = {
    {"parse", parse, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

struct PyModuleDef static_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lowering",
    .m_size = sizeof(State),
    .m_methods = module_methods,
};

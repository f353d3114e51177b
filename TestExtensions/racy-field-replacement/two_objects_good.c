// Both objects are locked while their fields change.
#include <Python.h>

#ifndef Py_BEGIN_CRITICAL_SECTION  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION(object) {
#define Py_END_CRITICAL_SECTION() }
#endif

#ifndef Py_BEGIN_CRITICAL_SECTION2  // before 3.13 the GIL is enough
#define Py_BEGIN_CRITICAL_SECTION2(a, b) {
#define Py_END_CRITICAL_SECTION2() }
#endif

typedef struct {
  PyObject_HEAD
  PyObject *load;
} Truck;

static void truck_dealloc(PyObject *object) {
  Truck *self = (Truck *)object;
  PyTypeObject *type = Py_TYPE(object);
  Py_XDECREF(self->load);
  type->tp_free(object);
  Py_DECREF(type);
}

static PyObject *truck_take(PyObject *op, PyObject *other) {
  if (!Py_IS_TYPE(other, Py_TYPE(op))) {
    Py_RETURN_NOTIMPLEMENTED;
  }
  Truck *self = (Truck *)op;
  Truck *from = (Truck *)other;
  PyObject *old;
  Py_BEGIN_CRITICAL_SECTION2(op, other);
  old = self->load;
  self->load = from->load;
  from->load = NULL;
  Py_END_CRITICAL_SECTION2();
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

static PyObject *truck_load(PyObject *op, PyObject *load) {
  Truck *self = (Truck *)op;
  Py_BEGIN_CRITICAL_SECTION(op);
  Py_XSETREF(self->load, Py_NewRef(load));
  Py_END_CRITICAL_SECTION();
  Py_RETURN_NONE;
}

static PyMethodDef truck_methods[] = {
    {"take", truck_take, METH_O, NULL},
    {"load", truck_load, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot truck_slots[] = {
    {Py_tp_dealloc, truck_dealloc},
    {Py_tp_methods, truck_methods},
    {0, NULL},
};

static PyType_Spec truck_spec = {
    .name = "two_objects.Truck",
    .basicsize = sizeof(Truck),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = truck_slots,
};

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&truck_spec);
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
    .m_name = "racy_field_replacement_two_objects_good",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_racy_field_replacement_two_objects_good(void) {
  return PyModuleDef_Init(&definition);
}

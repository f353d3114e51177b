// An opaque base: the record is got with PyObject_GetTypeData where there is such a thing.
#include <Python.h>

typedef struct {
  long long ticks;  // expect: unsynchronised-field
  long long start;
} MeterData;

#if PY_VERSION_HEX >= 0x030C0000
#define METER_SIZE (-(int)sizeof(MeterData))
#define METER_DATA(op, type) ((MeterData *)PyObject_GetTypeData((op), (type)))
#else
typedef struct {
  PyObject_HEAD
  MeterData data;
} Meter;
#define METER_SIZE ((int)sizeof(Meter))
#define METER_DATA(op, type) (&((Meter *)(op))->data)
#endif

static PyObject *meter_record(PyObject *op, PyTypeObject *type, PyObject *const *args,
                              Py_ssize_t count, PyObject *names) {
  MeterData *data = METER_DATA(op, type);
  for (Py_ssize_t i = 0; i < count; i++) {
    long long ticks = PyLong_AsLongLong(args[i]);
    if (ticks == -1 && PyErr_Occurred()) {
      return NULL;
    }
    data->ticks += ticks;
  }
  Py_RETURN_NONE;
}

static PyObject *meter_reset(PyObject *op, PyTypeObject *type, PyObject *const *args,
                             Py_ssize_t count, PyObject *names) {
  METER_DATA(op, type)->ticks = METER_DATA(op, type)->start;
  Py_RETURN_NONE;
}

static PyObject *meter_per(PyObject *op, PyTypeObject *type, PyObject *const *args,
                           Py_ssize_t count, PyObject *names) {
  if (count != 1) {
    PyErr_SetString(PyExc_TypeError, "one argument");
    return NULL;
  }
  double unit = PyFloat_AsDouble(args[0]);
  if (unit == -1.0 && PyErr_Occurred()) {
    return NULL;
  }
  return PyFloat_FromDouble((double)METER_DATA(op, type)->ticks / (unit > 0 ? unit : 1.0));
}

static PyMethodDef meter_methods[] = {
    {"record", (PyCFunction)(void (*)(void))meter_record,
     METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL},
    {"reset", (PyCFunction)(void (*)(void))meter_reset,
     METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL},
    {"per", (PyCFunction)(void (*)(void))meter_per,
     METH_METHOD | METH_FASTCALL | METH_KEYWORDS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot meter_slots[] = {
    {Py_tp_methods, meter_methods},
    {0, NULL},
};

static PyType_Spec meter_spec = {
    .name = "type_data.Meter",
    .basicsize = METER_SIZE,
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = meter_slots,
};

static int exec_meter(PyObject *module) {
  PyObject *type = PyType_FromModuleAndSpec(module, &meter_spec, NULL);
  if (type == NULL) {
    return -1;
  }
  int result = PyModule_AddType(module, (PyTypeObject *)type);
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, exec_meter},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, NULL},
};

static struct PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    .m_name = "unsynchronised_field_type_data_bad",
    .m_slots = slots,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_type_data_bad(void) {
  return PyModuleDef_Init(&definition);
}

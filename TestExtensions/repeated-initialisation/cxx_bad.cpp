// C++: __init__ assigns the members one after the other, while repr() reads them.
#include <Python.h>

namespace {

struct Settings {
  long width = 80;
  long indent = 2;
};

struct Printer {
  PyObject_HEAD
  Settings settings;  // expect: repeated-initialisation
};

Settings *settings_of(PyObject *op) { return &reinterpret_cast<Printer *>(op)->settings; }

PyObject *printer_new(PyTypeObject *type, PyObject *, PyObject *) {
  PyObject *op = type->tp_alloc(type, 0);
  if (op != nullptr) {
    *settings_of(op) = Settings();
  }
  return op;
}

int printer_init(PyObject *op, PyObject *args, PyObject *) {
  Settings settings;
  if (!PyArg_ParseTuple(args, "|ll:Printer", &settings.width, &settings.indent)) {
    return -1;
  }
  *settings_of(op) = settings;
  return 0;
}

static void printer_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *printer_repr(PyObject *op) {
  const Settings *settings = settings_of(op);
  return PyUnicode_FromFormat("<width %ld, indent %ld>", settings->width, settings->indent);
}

static PyType_Slot printer_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(printer_new)},
    {Py_tp_init, reinterpret_cast<void *>(printer_init)},
    {Py_tp_dealloc, reinterpret_cast<void *>(printer_dealloc)},
    {Py_tp_repr, reinterpret_cast<void *>(printer_repr)},
    {0, nullptr},
};

static PyType_Spec printer_spec = {
    "cxx.Printer", sizeof(Printer), 0, Py_TPFLAGS_DEFAULT, printer_slots,
};

}  // namespace

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&printer_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, reinterpret_cast<PyTypeObject *>(type));
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "repeated_initialisation_cxx_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_repeated_initialisation_cxx_bad() {
  return PyModuleDef_Init(&definition);
}

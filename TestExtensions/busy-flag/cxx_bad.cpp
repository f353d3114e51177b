// C++: a guard object sets the flag and takes it back, which makes it no lock.
#include <Python.h>

namespace {

struct Parser {
  PyObject_HEAD
  // expect-missing: busy-flag  the pointer that a guard object keeps is not followed
  bool active;
};

class Activation {
 public:
  explicit Activation(Parser *parser) : parser_(parser), entered_(!parser->active) {
    if (entered_) parser_->active = true;
  }
  ~Activation() {
    if (entered_) parser_->active = false;
  }
  Activation(const Activation &) = delete;
  Activation &operator=(const Activation &) = delete;
  bool entered() const { return entered_; }

 private:
  Parser *parser_;
  bool entered_;
};

static void parser_dealloc(PyObject *op) {
  PyTypeObject *type = Py_TYPE(op);
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *parser_feed(PyObject *op, PyObject *chunk) {
  Activation activation(reinterpret_cast<Parser *>(op));
  if (!activation.entered()) {
    PyErr_SetString(PyExc_RuntimeError, "the parser cannot be re-entered");
    return nullptr;
  }
  return PyObject_Repr(chunk);
}

static PyMethodDef parser_methods[] = {
    {"feed", reinterpret_cast<PyCFunction>(parser_feed), METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot parser_slots[] = {
    {Py_tp_dealloc, reinterpret_cast<void *>(parser_dealloc)},
    {Py_tp_methods, parser_methods},
    {0, nullptr},
};

static PyType_Spec parser_spec = {
    "cxx.Parser", sizeof(Parser), 0, Py_TPFLAGS_DEFAULT, parser_slots,
};

}  // namespace

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&parser_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, reinterpret_cast<PyTypeObject *>(type));
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(add_types)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    "busy_flag_cxx_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_busy_flag_cxx_bad() {
  return PyModuleDef_Init(&moduledef);
}

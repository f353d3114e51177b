// C++: an intrusive pointer with a count in the node, as it was written for one thread.
#include <Python.h>

#include <new>
#include <string>

namespace {

struct Expression {
  explicit Expression(const char *text) : text(text) {}
  std::string text;
  unsigned long count = 0;  // expect: own-reference-count
};

class Pointer {
 public:
  Pointer() = default;
  explicit Pointer(Expression *node) : node_(node) { retain(); }
  Pointer(const Pointer &other) : node_(other.node_) { retain(); }
  Pointer &operator=(const Pointer &) = delete;
  ~Pointer() { release(); }
  const Expression *operator->() const { return node_; }

 private:
  void retain() {
    if (node_ != nullptr) ++node_->count;
  }
  void release() {
    if (node_ != nullptr && --node_->count == 0) delete node_;
  }
  Expression *node_ = nullptr;
};

struct Term {
  PyObject_HEAD
  Pointer expression;
};

Term *as_term(PyObject *op) { return reinterpret_cast<Term *>(op); }

PyObject *term_new(PyTypeObject *type, PyObject *args, PyObject *) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s:Term", &text)) {
    return nullptr;
  }
  auto *node = new (std::nothrow) Expression(text);
  if (node == nullptr) {
    return PyErr_NoMemory();
  }
  Pointer pointer(node);
  PyObject *op = type->tp_alloc(type, 0);
  if (op != nullptr) {
    new (&as_term(op)->expression) Pointer(pointer);
  }
  return op;
}

static void term_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Term *>(op);
  PyTypeObject *type = Py_TYPE(op);
  self->expression.~Pointer();
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *term_share(PyObject *op, PyObject *) {
  PyTypeObject *type = Py_TYPE(op);
  PyObject *copy = type->tp_alloc(type, 0);
  if (copy != nullptr) {
    new (&as_term(copy)->expression) Pointer(as_term(op)->expression);
  }
  return copy;
}

PyObject *term_str(PyObject *op) {
  return PyUnicode_FromString(as_term(op)->expression->text.c_str());
}

static PyMethodDef term_methods[] = {
    {"share", reinterpret_cast<PyCFunction>(term_share), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot term_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(term_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(term_dealloc)},
    {Py_tp_str, reinterpret_cast<void *>(term_str)},
    {Py_tp_methods, term_methods},
    {0, nullptr},
};

static PyType_Spec term_spec = {
    "cxx.Term", sizeof(Term), 0, Py_TPFLAGS_DEFAULT, term_slots,
};

}  // namespace

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&term_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef moduledef = {
    PyModuleDef_HEAD_INIT,
    "own_reference_count_cxx_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_own_reference_count_cxx_bad() {
  return PyModuleDef_Init(&moduledef);
}

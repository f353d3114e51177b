// A std::string behind a pointer to a class of the project; the setter assigns while str() reads.
#include <Python.h>

#include <new>
#include <string>

namespace {

class Label {
 public:
  void assign(const char *text, Py_ssize_t size) {
    text_.assign(text, static_cast<std::size_t>(size));
  }
  const std::string &text() const { return text_; }

 private:
  std::string text_;
};

struct Sign {
  PyObject_HEAD
  Label *label;  // expect: resizable-buffer
};

PyObject *sign_new(PyTypeObject *type, PyObject *, PyObject *) {
  auto *self = reinterpret_cast<Sign *>(type->tp_alloc(type, 0));
  if (self == nullptr) {
    return nullptr;
  }
  self->label = new (std::nothrow) Label();
  if (self->label == nullptr) {
    Py_DECREF(reinterpret_cast<PyObject *>(self));
    return PyErr_NoMemory();
  }
  return reinterpret_cast<PyObject *>(self);
}

static void sign_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Sign *>(op);
  PyTypeObject *type = Py_TYPE(op);
  delete self->label;
  type->tp_free(op);
  Py_DECREF(type);
}

int sign_set_text(PyObject *op, PyObject *value, void *) {
  Py_ssize_t size = 0;
  const char *text = value != nullptr ? PyUnicode_AsUTF8AndSize(value, &size) : "";
  if (text == nullptr) {
    return -1;
  }
  reinterpret_cast<Sign *>(op)->label->assign(text, size);
  return 0;
}

PyObject *sign_get_text(PyObject *op, void *) {
  const std::string &text = reinterpret_cast<Sign *>(op)->label->text();
  return PyUnicode_FromStringAndSize(text.data(), static_cast<Py_ssize_t>(text.size()));
}

PyObject *sign_str(PyObject *op) {
  return PyUnicode_FromFormat("[%s]", reinterpret_cast<Sign *>(op)->label->text().c_str());
}

static PyGetSetDef sign_getset[] = {
    {"text", reinterpret_cast<getter>(sign_get_text), reinterpret_cast<setter>(sign_set_text), nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr},
};

static PyType_Slot sign_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(sign_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(sign_dealloc)},
    {Py_tp_str, reinterpret_cast<void *>(sign_str)},
    {Py_tp_getset, sign_getset},
    {0, nullptr},
};

static PyType_Spec sign_spec = {
    "cxx_string.Sign", sizeof(Sign), 0, Py_TPFLAGS_DEFAULT, sign_slots,
};

}  // namespace

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&sign_spec);
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "resizable_buffer_cxx_string_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_resizable_buffer_cxx_string_bad() {
  return PyModuleDef_Init(&definition);
}

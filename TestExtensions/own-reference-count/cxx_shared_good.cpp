// C++: std::shared_ptr counts with atomics; a count of the class's own is one.
#include <Python.h>

#include <atomic>
#include <memory>
#include <new>
#include <string>
#include <utility>

namespace {

struct Body {
  explicit Body(std::string text) : text(std::move(text)) {}
  const std::string text;
  std::atomic<int> uses{1};
};

void release(Body *body) {
  if (body->uses.fetch_sub(1, std::memory_order_acq_rel) == 1) {
    delete body;
  }
}

struct Page {
  PyObject_HEAD
  std::shared_ptr<const std::string> title;
  Body *body;
};

Page *as_page(PyObject *op) { return reinterpret_cast<Page *>(op); }

PyObject *make_page(PyTypeObject *type, std::shared_ptr<const std::string> title, Body *body) {
  PyObject *op = type->tp_alloc(type, 0);
  if (op == nullptr) {
    release(body);
    return nullptr;
  }
  new (&as_page(op)->title) std::shared_ptr<const std::string>(std::move(title));
  as_page(op)->body = body;
  return op;
}

PyObject *page_new(PyTypeObject *type, PyObject *args, PyObject *) {
  const char *title, *text;
  if (!PyArg_ParseTuple(args, "ss:Page", &title, &text)) {
    return nullptr;
  }
  return make_page(type, std::make_shared<const std::string>(title), new Body(text));
}

static void page_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Page *>(op);
  PyTypeObject *type = Py_TYPE(op);
  self->title.~shared_ptr();
  release(self->body);
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *page_copy(PyObject *op, PyObject *) {
  Page *self = as_page(op);
  self->body->uses.fetch_add(1, std::memory_order_relaxed);
  return make_page(Py_TYPE(op), self->title, self->body);
}

PyObject *page_repr(PyObject *op) {
  return PyUnicode_FromFormat("%s: %s", as_page(op)->title->c_str(),
                              as_page(op)->body->text.c_str());
}

static PyMethodDef page_methods[] = {
    {"copy", reinterpret_cast<PyCFunction>(page_copy), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot page_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(page_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(page_dealloc)},
    {Py_tp_repr, reinterpret_cast<void *>(page_repr)},
    {Py_tp_methods, page_methods},
    {0, nullptr},
};

static PyType_Spec page_spec = {
    "cxx_shared.Page", sizeof(Page), 0, Py_TPFLAGS_DEFAULT, page_slots,
};

}  // namespace

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&page_spec);
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
    "own_reference_count_cxx_shared_good",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_own_reference_count_cxx_shared_good() {
  return PyModuleDef_Init(&definition);
}

// C++: close deletes the session, which send may be in the middle of.
#include <Python.h>

#include <new>
#include <string>

namespace {

class Session {
 public:
  explicit Session(std::string peer) : peer_(std::move(peer)) {}
  std::size_t cost(const char *text, std::size_t size) const {
    std::size_t cost = peer_.size();
    for (std::size_t i = 0; i < size; ++i) {
      cost = cost * 31 + static_cast<unsigned char>(text[i]);
    }
    return cost;
  }

 private:
  std::string peer_;
};

struct Connection {
  PyObject_HEAD
  Session *session;  // expect: close-while-used
};

Connection *as_connection(PyObject *op) { return reinterpret_cast<Connection *>(op); }

PyObject *connection_new(PyTypeObject *type, PyObject *args, PyObject *) {
  const char *peer;
  if (!PyArg_ParseTuple(args, "s:Connection", &peer)) {
    return nullptr;
  }
  PyObject *op = type->tp_alloc(type, 0);
  if (op != nullptr) {
    as_connection(op)->session = new (std::nothrow) Session(peer);
  }
  return op;
}

static void connection_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Connection *>(op);
  PyTypeObject *type = Py_TYPE(op);
  delete self->session;
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *connection_send(PyObject *op, PyObject *arg) {
  char *text;
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(arg, &text, &size) < 0) {
    return nullptr;
  }
  const Session *session = as_connection(op)->session;
  if (session == nullptr) {
    PyErr_SetString(PyExc_ValueError, "closed");
    return nullptr;
  }
  std::size_t cost = 0;
  Py_BEGIN_ALLOW_THREADS
  cost = session->cost(text, static_cast<std::size_t>(size));
  Py_END_ALLOW_THREADS
  return PyLong_FromSize_t(cost);
}

PyObject *connection_close(PyObject *op, PyObject *) {
  delete as_connection(op)->session;
  as_connection(op)->session = nullptr;
  Py_RETURN_NONE;
}

static PyMethodDef connection_methods[] = {
    {"send", reinterpret_cast<PyCFunction>(connection_send), METH_O, nullptr},
    {"close", reinterpret_cast<PyCFunction>(connection_close), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot connection_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(connection_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(connection_dealloc)},
    {Py_tp_methods, connection_methods},
    {0, nullptr},
};

static PyType_Spec connection_spec = {
    "cxx.Connection", sizeof(Connection), 0, Py_TPFLAGS_DEFAULT, connection_slots,
};

}  // namespace

static int exec_module(PyObject *module) {
  PyObject *type = PyType_FromSpec(&connection_spec);
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
    "close_while_used_cxx_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_close_while_used_cxx_bad() {
  return PyModuleDef_Init(&definition);
}

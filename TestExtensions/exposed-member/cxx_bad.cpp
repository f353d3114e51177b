// C++: a class with methods of its own replaces the reference under std::mutex.
#include <Python.h>
#include <structmember.h>

#include <cstddef>
#include <mutex>
#include <new>

namespace {

struct Channel {
  PyObject_HEAD
  std::mutex mutex;
  PyObject *message;  // expect: exposed-member
};

Channel *as_channel(PyObject *op) { return reinterpret_cast<Channel *>(op); }

PyObject *swap_message(Channel *channel, PyObject *message) {
  std::lock_guard<std::mutex> guard(channel->mutex);
  PyObject *old = channel->message;
  channel->message = message;
  return old;
}

PyObject *channel_new(PyTypeObject *type, PyObject *, PyObject *) {
  PyObject *op = type->tp_alloc(type, 0);
  if (op != nullptr) {
    new (&as_channel(op)->mutex) std::mutex();
    as_channel(op)->message = nullptr;
  }
  return op;
}

static void channel_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Channel *>(op);
  PyTypeObject *type = Py_TYPE(op);
  Py_XDECREF(self->message);
  self->mutex.~mutex();
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *channel_post(PyObject *op, PyObject *message) {
  Py_XDECREF(swap_message(as_channel(op), Py_NewRef(message)));
  Py_RETURN_NONE;
}

PyObject *channel_take(PyObject *op, PyObject *) {
  PyObject *message = swap_message(as_channel(op), nullptr);
  return message != nullptr ? message : Py_NewRef(Py_None);
}

static PyMethodDef channel_methods[] = {
    {"post", reinterpret_cast<PyCFunction>(channel_post), METH_O, nullptr},
    {"take", reinterpret_cast<PyCFunction>(channel_take), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyMemberDef channel_members[] = {
    {"message", T_OBJECT_EX, offsetof(Channel, message), READONLY, nullptr},
    {nullptr, 0, 0, 0, nullptr},
};

static PyType_Slot channel_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(channel_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(channel_dealloc)},
    {Py_tp_methods, channel_methods},
    {Py_tp_members, channel_members},
    {0, nullptr},
};

static PyType_Spec channel_spec = {
    "cxx.Channel", sizeof(Channel), 0, Py_TPFLAGS_DEFAULT, channel_slots,
};

}  // namespace

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&channel_spec);
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
    "exposed_member_cxx_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_exposed_member_cxx_bad() {
  return PyModuleDef_Init(&moduledef);
}

// C++: reset() of a std::unique_ptr is the close; another thread is in a member function.
#include <Python.h>

#include <cstdio>
#include <memory>
#include <new>

namespace {

class Device {
 public:
  explicit Device(int channel) : channel_(channel), buffer_(new char[256]()) {}
  int sample(int index) const { return buffer_[index & 255] + channel_; }

 private:
  int channel_;
  std::unique_ptr<char[]> buffer_;
};

struct Probe {
  PyObject_HEAD
  std::unique_ptr<Device> device;  // expect: close-while-used
};

std::unique_ptr<Device> &device_of(PyObject *op) {
  return reinterpret_cast<Probe *>(op)->device;
}

PyObject *probe_new(PyTypeObject *type, PyObject *args, PyObject *) {
  int channel = 0;
  if (!PyArg_ParseTuple(args, "|i:Probe", &channel)) {
    return nullptr;
  }
  PyObject *op = type->tp_alloc(type, 0);
  if (op != nullptr) {
    new (&device_of(op)) std::unique_ptr<Device>(new Device(channel));
  }
  return op;
}

static void probe_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Probe *>(op);
  PyTypeObject *type = Py_TYPE(op);
  self->device.~unique_ptr();
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *probe_sample(PyObject *op, PyObject *arg) {
  long index = PyLong_AsLong(arg);
  if (index == -1 && PyErr_Occurred()) {
    return nullptr;
  }
  if (!device_of(op)) {
    PyErr_SetString(PyExc_ValueError, "the probe is closed");
    return nullptr;
  }
  return PyLong_FromLong(device_of(op)->sample(static_cast<int>(index)));
}

PyObject *probe_close(PyObject *op, PyObject *) {
  device_of(op).reset();
  Py_RETURN_NONE;
}

static PyMethodDef probe_methods[] = {
    {"sample", reinterpret_cast<PyCFunction>(probe_sample), METH_O, nullptr},
    {"close", reinterpret_cast<PyCFunction>(probe_close), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot probe_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(probe_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(probe_dealloc)},
    {Py_tp_methods, probe_methods},
    {0, nullptr},
};

static PyType_Spec probe_spec = {
    "cxx_unique.Probe", sizeof(Probe), 0, Py_TPFLAGS_DEFAULT, probe_slots,
};

}  // namespace

static int add_types(PyObject *module) {
  PyObject *type = PyType_FromSpec(&probe_spec);
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
    "close_while_used_cxx_unique_bad",
    nullptr,
    0,
    nullptr,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_close_while_used_cxx_unique_bad() {
  return PyModuleDef_Init(&moduledef);
}

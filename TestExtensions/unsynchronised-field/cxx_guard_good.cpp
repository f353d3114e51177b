// C++: a mutex in the object with guards, and std::atomic for what one word holds.
#include <Python.h>

#include <atomic>
#include <mutex>
#include <new>

namespace {

struct Meter {
  PyObject_HEAD
  std::mutex mutex;
  double sum;
  long samples;
  std::atomic<long> drops;
};

PyObject *meter_new(PyTypeObject *type, PyObject *, PyObject *) {
  auto *self = reinterpret_cast<Meter *>(type->tp_alloc(type, 0));
  if (self != nullptr) {
    new (&self->mutex) std::mutex();
    new (&self->drops) std::atomic<long>(0);
    self->sum = 0.0;
    self->samples = 0;
  }
  return reinterpret_cast<PyObject *>(self);
}

static void meter_dealloc(PyObject *op) {
  auto *self = reinterpret_cast<Meter *>(op);
  PyTypeObject *type = Py_TYPE(op);
  self->mutex.~mutex();
  type->tp_free(op);
  Py_DECREF(type);
}

PyObject *meter_sample(PyObject *op, PyObject *arg) {
  auto *self = reinterpret_cast<Meter *>(op);
  double value = PyFloat_AsDouble(arg);
  if (value == -1.0 && PyErr_Occurred()) {
    return nullptr;
  }
  if (value < 0.0) {
    self->drops.fetch_add(1, std::memory_order_relaxed);
    Py_RETURN_FALSE;
  }
  {
    std::lock_guard<std::mutex> guard(self->mutex);
    self->sum += value;
    self->samples++;
  }
  Py_RETURN_TRUE;
}

PyObject *meter_mean(PyObject *op, PyObject *) {
  auto *self = reinterpret_cast<Meter *>(op);
  double sum;
  long samples;
  {
    std::unique_lock<std::mutex> lock{self->mutex};
    sum = self->sum;
    samples = self->samples;
  }
  return PyFloat_FromDouble(samples > 0 ? sum / static_cast<double>(samples) : 0.0);
}

PyObject *meter_drops(PyObject *op, PyObject *) {
  return PyLong_FromLong(reinterpret_cast<Meter *>(op)->drops.load());
}

static PyMethodDef meter_methods[] = {
    {"sample", reinterpret_cast<PyCFunction>(meter_sample), METH_O, nullptr},
    {"mean", reinterpret_cast<PyCFunction>(meter_mean), METH_NOARGS, nullptr},
    {"drops", reinterpret_cast<PyCFunction>(meter_drops), METH_NOARGS, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyType_Slot meter_slots[] = {
    {Py_tp_new, reinterpret_cast<void *>(meter_new)},
    {Py_tp_dealloc, reinterpret_cast<void *>(meter_dealloc)},
    {Py_tp_methods, meter_methods},
    {0, nullptr},
};

static PyType_Spec meter_spec = {
    "cxx_guard.Meter", sizeof(Meter), 0, Py_TPFLAGS_DEFAULT, meter_slots,
};

}  // namespace

static int module_exec(PyObject *module) {
  PyObject *type = PyType_FromSpec(&meter_spec);
  if (type == nullptr) {
    return -1;
  }
  int result = PyModule_AddType(module, reinterpret_cast<PyTypeObject *>(type));
  Py_DECREF(type);
  return result;
}

static PyModuleDef_Slot module_slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(module_exec)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef module_def = {
    PyModuleDef_HEAD_INIT,
    "unsynchronised_field_cxx_guard_good",
    nullptr,
    0,
    nullptr,
    module_slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_unsynchronised_field_cxx_guard_good() {
  return PyModuleDef_Init(&module_def);
}

// C++: a mutex from 'new', in a namespace and as a static member.
#include <Python.h>
#include <mutex>

namespace {

std::mutex *mutex;  // expect: lazily-created-lock
long count;

PyObject *step(PyObject *, PyObject *) {
  if (mutex == nullptr) {
    mutex = new std::mutex;
  }
  std::lock_guard<std::mutex> guard(*mutex);
  return PyLong_FromLong(++count);
}

struct Meter {
  static std::mutex *mutex;
  static double reading;
  static double add(double value) {
    if (!mutex) {
      mutex = new std::mutex();
    }
    std::lock_guard<std::mutex> guard(*mutex);
    return reading += value;
  }
};

std::mutex *Meter::mutex = nullptr;  // expect: lazily-created-lock
double Meter::reading = 0;

PyObject *measure(PyObject *, PyObject *value) {
  double number = PyFloat_AsDouble(value);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  return PyFloat_FromDouble(Meter::add(number));
}

}  // namespace

static PyMethodDef methods[] = {
    {"step", step, METH_NOARGS, nullptr},
    {"measure", measure, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "lazily_created_lock_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_cxx() {
  return PyModuleDef_Init(&definition);
}

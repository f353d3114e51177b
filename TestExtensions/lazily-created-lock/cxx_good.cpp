// C++: mutexes that are objects, and one that is made on first use by the language.
#include <Python.h>
#include <mutex>

namespace {

std::mutex mutex;
long count;

PyObject *step(PyObject *, PyObject *) {
  long now;
  {
    std::lock_guard<std::mutex> guard(mutex);
    now = ++count;
  }
  return PyLong_FromLong(now);
}

std::mutex &meter_mutex() {
  static std::mutex *made = new std::mutex;
  return *made;
}

double reading;

PyObject *measure(PyObject *, PyObject *value) {
  double number = PyFloat_AsDouble(value);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  {
    std::lock_guard<std::mutex> guard(meter_mutex());
    reading += number;
    number = reading;
  }
  return PyFloat_FromDouble(number);
}

}  // namespace

static PyMethodDef methods[] = {
    {"step", step, METH_NOARGS, nullptr},
    {"measure", measure, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "lazily_created_lock_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_lazily_created_lock_cxx_good() {
  return PyModuleDef_Init(&definition);
}

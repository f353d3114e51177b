// C++: a guard object in the setter and in the getter.
#include <Python.h>
#include <mutex>

namespace {

std::mutex mutex;
PyObject *factory;

PyObject *set_factory(PyObject *, PyObject *value) {
  PyObject *old;
  {
    std::lock_guard<std::mutex> guard(mutex);
    old = factory;
    factory = Py_NewRef(value);
  }
  Py_XDECREF(old);
  Py_RETURN_NONE;
}

PyObject *make(PyObject *, PyObject *) {
  PyObject *callable;
  {
    std::unique_lock<std::mutex> guard(mutex);
    callable = Py_XNewRef(factory);
  }
  if (callable == nullptr) {
    Py_RETURN_NONE;
  }
  PyObject *made = PyObject_CallNoArgs(callable);
  Py_DECREF(callable);
  return made;
}

}  // namespace

static PyMethodDef methods[] = {
    {"set_factory", set_factory, METH_O, nullptr},
    {"make", make, METH_NOARGS, nullptr},
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
    "mutable_static_object_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_mutable_static_object_cxx_good() {
  return PyModuleDef_Init(&definition);
}

// C++: every handler that is there releases the mutex.
#include <Python.h>

#include <stdexcept>

#if PY_VERSION_HEX < 0x030D0000  // the GIL is enough there
typedef int PyMutex;
#define PyMutex_Lock(mutex) ((void)(mutex))
#define PyMutex_Unlock(mutex) ((void)(mutex))
#endif

static PyMutex solver_lock;

namespace {

void solve(double value) {
  if (value < 0) {
    throw std::domain_error("negative");
  }
  if (value > 1e6) {
    throw std::range_error("large");
  }
}

}  // namespace

static PyObject *solve_for(PyObject *, PyObject *arg) {
  double value = PyFloat_AsDouble(arg);
  if (value == -1.0 && PyErr_Occurred()) {
    return nullptr;
  }
  try {
    PyMutex_Lock(&solver_lock);
    solve(value);
    PyMutex_Unlock(&solver_lock);
  } catch (const std::domain_error &) {
    PyMutex_Unlock(&solver_lock);
    PyErr_SetString(PyExc_ValueError, "negative");
    return nullptr;
  } catch (const std::range_error &) {
    PyMutex_Unlock(&solver_lock);
    PyErr_SetString(PyExc_OverflowError, "large");
    return nullptr;
  }
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"solve_for", solve_for, METH_O, nullptr},
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
    "unbalanced_lock_handlers_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_handlers_good() {
  return PyModuleDef_Init(&definition);
}

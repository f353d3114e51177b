// C++: the condition variable is waited on attached, for a time that another thread decides.
#include <Python.h>
#include <condition_variable>
#include <mutex>

namespace {

std::mutex lock;
std::condition_variable changed;
long tokens;

void put() {
  std::lock_guard<std::mutex> guard(lock);
  tokens++;
  changed.notify_one();
}

void take() {
  std::unique_lock<std::mutex> guard(lock);
  while (tokens == 0) {
    changed.wait(guard);  // expect: blocking-while-attached
  }
  tokens--;
}

}  // namespace

static PyObject *put_token(PyObject *, PyObject *) {
  put();
  Py_RETURN_NONE;
}

static PyObject *take_token(PyObject *, PyObject *) {
  take();
  Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"put_token", put_token, METH_NOARGS, nullptr},
    {"take_token", take_token, METH_NOARGS, nullptr},
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
    "blocking_while_attached_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_blocking_while_attached_cxx_bad() {
  return PyModuleDef_Init(&definition);
}

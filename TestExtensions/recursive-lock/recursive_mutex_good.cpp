// C++: a std::recursive_mutex is made for this, and so is a pthread mutex with that attribute.
#include <Python.h>
#include <pthread.h>
#include <mutex>

namespace {

std::recursive_mutex lock;
long total;

long add(long value) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  total += value;
  return total;
}

long add_twice(long value) {
  std::lock_guard<std::recursive_mutex> guard(lock);
  add(value);
  return add(value);
}

pthread_mutex_t log_lock;
long lines;

void log_line() {
  pthread_mutex_lock(&log_lock);
  lines++;
  pthread_mutex_unlock(&log_lock);
}

}  // namespace

static int exec_module(PyObject *) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  int error = pthread_mutex_init(&log_lock, &attributes);
  pthread_mutexattr_destroy(&attributes);
  return error == 0 ? 0 : -1;
}

static PyObject *twice(PyObject *, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (value == -1 && PyErr_Occurred()) {
    return nullptr;
  }
  long result = add_twice(value);
  pthread_mutex_lock(&log_lock);
  log_line();
  pthread_mutex_unlock(&log_lock);
  return PyLong_FromLong(result);
}

static PyMethodDef methods[] = {
    {"twice", twice, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, (void *)exec_module},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "recursive_lock_recursive_mutex_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_recursive_lock_recursive_mutex_good() {
  return PyModuleDef_Init(&definition);
}

// C++: guards give the mutex back on every path, and a unique_lock that is unlocked early does so once.
#include <Python.h>
#include <map>
#include <mutex>
#include <string>

namespace {

std::mutex lock;
std::map<std::string, long> scores;

long best(const std::string &name, long score) {
  std::lock_guard<std::mutex> guard(lock);
  auto found = scores.find(name);
  if (found == scores.end()) {
    scores[name] = score;
    return score;
  }
  if (found->second >= score) {
    return found->second;
  }
  found->second = score;
  return score;
}

}  // namespace

static PyObject *record(PyObject *, PyObject *args) {
  const char *name;
  long score;
  if (!PyArg_ParseTuple(args, "sl", &name, &score)) {
    return nullptr;
  }
  return PyLong_FromLong(best(name, score));
}

static PyObject *lookup(PyObject *, PyObject *argument) {
  const char *name = PyUnicode_AsUTF8(argument);
  if (name == nullptr) {
    return nullptr;
  }
  std::unique_lock<std::mutex> guard(lock);
  auto found = scores.find(name);
  if (found == scores.end()) {
    guard.unlock();
    PyErr_SetObject(PyExc_KeyError, argument);
    return nullptr;
  }
  long score = found->second;
  guard.unlock();
  return PyLong_FromLong(score);
}

static PyMethodDef methods[] = {
    {"record", record, METH_VARARGS, nullptr},
    {"lookup", lookup, METH_O, nullptr},
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
    "unbalanced_lock_guard_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_unbalanced_lock_guard_good() {
  return PyModuleDef_Init(&definition);
}

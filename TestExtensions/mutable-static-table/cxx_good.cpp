// C++: the same tables, each use with a guard.
#include <Python.h>
#include <array>
#include <mutex>

namespace mutable_static_table_cxx_good {

struct Gate {
  int opened;
  int limit;
};

std::mutex mutex;
std::array<Gate, 3> gates = {{{0, 5}, {0, 5}, {0, 5}}};

class Map {
 public:
  static void set(unsigned from, unsigned to) {
    std::lock_guard<std::mutex> guard(mutex);
    table[from % 8] = to;
  }
  static unsigned get(unsigned from) {
    std::lock_guard<std::mutex> guard(mutex);
    return table[from % 8];
  }

 private:
  static unsigned table[8];
};

unsigned Map::table[8];

}  // namespace mutable_static_table_cxx_good

using namespace mutable_static_table_cxx_good;

static PyObject *enter(PyObject *, PyObject *args) {
  unsigned index;
  if (!PyArg_ParseTuple(args, "I", &index)) {
    return nullptr;
  }
  std::lock_guard<std::mutex> guard(mutex);
  Gate &gate = gates[index % 3];
  bool admitted = gate.opened < gate.limit;
  if (admitted) {
    gate.opened++;
  }
  return PyBool_FromLong(admitted);
}

static PyObject *put(PyObject *, PyObject *args) {
  unsigned from, to;
  if (!PyArg_ParseTuple(args, "II", &from, &to)) {
    return nullptr;
  }
  Map::set(from, to);
  return PyLong_FromUnsignedLong(Map::get(to));
}

static PyMethodDef methods[] = {
    {"enter", enter, METH_VARARGS, nullptr},
    {"put", put, METH_VARARGS, nullptr},
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
    "mutable_static_table_cxx_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_mutable_static_table_cxx_good() {
  return PyModuleDef_Init(&definition);
}

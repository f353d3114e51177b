// C++: an array of structs in a namespace, changed through a reference, and a static member.
#include <Python.h>
#include <array>

namespace mutable_static_table_cxx {

struct Gate {
  int opened;
  int limit;
};

std::array<Gate, 3> gates = {{{0, 5}, {0, 5}, {0, 5}}};  // expect: mutable-static-table

class Map {
 public:
  static void set(unsigned from, unsigned to) {
    table[from % 8] = to;
  }
  static unsigned get(unsigned from) {
    return table[from % 8];
  }

 private:
  static unsigned table[8];
};

unsigned Map::table[8];  // expect: mutable-static-table

}  // namespace mutable_static_table_cxx

using namespace mutable_static_table_cxx;

static PyObject *enter(PyObject *, PyObject *args) {
  unsigned index;
  if (!PyArg_ParseTuple(args, "I", &index)) {
    return nullptr;
  }
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
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "mutable_static_table_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_mutable_static_table_cxx() {
  return PyModuleDef_Init(&definition);
}

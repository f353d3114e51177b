// C++: every thread has a list, an inline variable of the class.
#include <Python.h>
#include <cstddef>

namespace {

struct Block {
  Block *next;
  unsigned char bytes[56];
};

class Pool {
 public:
  static Block *take() {
    Block *block = first;
    if (block != nullptr) {
      first = block->next;
      return block;
    }
    return new Block;
  }
  static void put(Block *block) {
    block->next = first;
    first = block;
  }

 private:
  static inline thread_local Block *first = nullptr;
};


PyObject *fill(PyObject *, PyObject *number) {
  long value = PyLong_AsLong(number);
  if (PyErr_Occurred()) {
    return nullptr;
  }
  Block *block = Pool::take();
  for (unsigned char &byte : block->bytes) {
    byte = static_cast<unsigned char>(value);
  }
  PyObject *result = PyBytes_FromStringAndSize(reinterpret_cast<char *>(block->bytes), 56);
  Pool::put(block);
  return result;
}

}  // namespace

static PyMethodDef methods[] = {
    {"fill", fill, METH_O, nullptr},
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
    "static_freelist_cxx_thread_local_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_static_freelist_cxx_thread_local_good() {
  return PyModuleDef_Init(&definition);
}

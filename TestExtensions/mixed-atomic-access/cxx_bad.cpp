// C++: blocks are pushed by compare and exchange, and popped as if one thread only did so.
#include <Python.h>

namespace {

struct Block {
  Block *next;
  char bytes[56];
};

// expect: mixed-atomic-access
Block *unused_blocks;  // expect: static-freelist

void give(Block *block) {
  block->next = __atomic_load_n(&unused_blocks, __ATOMIC_RELAXED);
  while (!__atomic_compare_exchange_n(&unused_blocks, &block->next, block, true, __ATOMIC_RELEASE,
                                      __ATOMIC_RELAXED)) {
  }
}

Block *take() {
  Block *block = unused_blocks;
  if (block == nullptr) {
    return static_cast<Block *>(PyMem_RawMalloc(sizeof(Block)));
  }
  unused_blocks = block->next;
  return block;
}

}  // namespace

static PyObject *shorten(PyObject *, PyObject *argument) {
  const char *text = PyUnicode_AsUTF8(argument);
  if (text == nullptr) {
    return nullptr;
  }
  Block *block = take();
  if (block == nullptr) {
    return PyErr_NoMemory();
  }
  PyOS_snprintf(block->bytes, sizeof block->bytes, "%s", text);
  PyObject *result = PyUnicode_FromString(block->bytes);
  give(block);
  return result;
}

static PyMethodDef methods[] = {
    {"shorten", shorten, METH_O, nullptr},
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
    "mixed_atomic_access_cxx_bad",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_mixed_atomic_access_cxx_bad() {
  return PyModuleDef_Init(&definition);
}

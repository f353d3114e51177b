// No Python code runs inside of 'std::call_once', nor inside of 'pthread_once'.
#include <Python.h>
#include <pthread.h>

#include <cstring>
#include <mutex>

static std::once_flag flag;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static unsigned char upper[256];
static char line[81];

static void fill_line() { std::memset(line, '-', 80); }

static PyObject *heading(PyObject *, PyObject *args) {
  const char *text;
  if (!PyArg_ParseTuple(args, "s", &text)) {
    return nullptr;
  }
  std::call_once(flag, [] {
    for (int i = 0; i < 256; i++) {
      upper[i] = static_cast<unsigned char>(i >= 'a' && i <= 'z' ? i - 32 : i);
    }
  });
  pthread_once(&once, fill_line);
  return PyUnicode_FromFormat("%c%s %s", upper[static_cast<unsigned char>(*text)], text, line);
}

static PyMethodDef methods[] = {
    {"heading", heading, METH_VARARGS, nullptr},
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
    "magic_static_deadlock_cxx_call_once_c_good",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_magic_static_deadlock_cxx_call_once_c_good() {
  return PyModuleDef_Init(&definition);
}

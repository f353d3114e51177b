// C++: the handle is a static member.
#include <Python.h>
#include <iconv.h>
#include <cstddef>

namespace {

class Converter {
 public:
  static bool open() {
    handle = iconv_open("UTF-8", "UTF-16LE");
    return handle != reinterpret_cast<iconv_t>(-1);
  }
  static std::size_t convert(char *in, std::size_t left, char *out, std::size_t room) {
    char *to = out;
    iconv(handle, &in, &left, &to, &room);
    return to - out;
  }

 private:
  static iconv_t handle;
};

iconv_t Converter::handle;  // expect: shared-library-handle

int exec_module(PyObject *) { return Converter::open() ? 0 : -1; }

PyObject *decode(PyObject *, PyObject *bytes) {
  char *data, out[256];
  Py_ssize_t size;
  if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0) {
    return nullptr;
  }
  return PyUnicode_FromStringAndSize(out, Converter::convert(data, size, out, sizeof(out)));
}

}  // namespace

static PyMethodDef methods[] = {
    {"decode", decode, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

static PyModuleDef_Slot slots[] = {
    {Py_mod_exec, reinterpret_cast<void *>(exec_module)},
#ifdef Py_mod_gil
    {Py_mod_gil, Py_MOD_GIL_NOT_USED},  // expect: declared-safe-but-hazardous
#endif
    {0, nullptr},
};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT,
    "shared_library_handle_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_shared_library_handle_cxx() {
  return PyModuleDef_Init(&definition);
}

// C++: in a constructor, for the length of a scope.
#include <Python.h>

namespace {

class Output {
 public:
  Output() : stream_(PySys_GetObject("stdout")) {  // expect: borrowed-namespace-lookup
    Py_XINCREF(stream_);
  }
  Output(const Output &) = delete;
  Output &operator=(const Output &) = delete;
  ~Output() {
    Py_XDECREF(stream_);
  }
  bool write(PyObject *text) const {
    return stream_ == nullptr || PyFile_WriteObject(text, stream_, Py_PRINT_RAW) == 0;
  }

 private:
  PyObject *stream_;
};

}  // namespace

static PyObject *say(PyObject *, PyObject *text) {
  Output output;
  return output.write(text) ? Py_NewRef(Py_None) : nullptr;
}

static PyMethodDef methods[] = {
    {"say", say, METH_O, nullptr},
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
    "borrowed_namespace_lookup_cxx",
    nullptr,
    0,
    methods,
    slots,
    nullptr,
    nullptr,
    nullptr,
};

PyMODINIT_FUNC PyInit_borrowed_namespace_lookup_cxx() {
  return PyModuleDef_Init(&definition);
}

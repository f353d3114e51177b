// A binding whose author says that it needs the GIL.
#include <pybind11/pybind11.h>

namespace py = pybind11;

PYBIND11_MODULE(binding, m, py::mod_gil_used()) {
  m.def("answer", []() { return 42; });
}

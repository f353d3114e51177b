// pybind11 with the tag that says the GIL is needed.
#include <pybind11/pybind11.h>

namespace py = pybind11;

namespace {

int answer() { return 42; }

}  // namespace

PYBIND11_MODULE(gil_declared_used_pybind11, m, py::mod_gil_used()) {  // expect: gil-declared-used
  m.doc() = "A module.";
  m.def("answer", &answer, "Return 42.");
}

// pybind11 with the tag of the opposite, negated.
#include <pybind11/pybind11.h>

namespace py = pybind11;

namespace {

int answer() { return 42; }

}  // namespace

PYBIND11_MODULE(gil_declared_used_pybind11_false, m, py::mod_gil_not_used(false)) {  // expect: gil-declared-used
  m.doc() = "A module.";
  m.def("answer", &answer, "Return 42.");
}

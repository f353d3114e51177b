// pybind11 with its tag.
#include <pybind11/pybind11.h>

namespace py = pybind11;

namespace {

int answer() { return 42; }

}  // namespace

PYBIND11_MODULE(framework_pybind11_good, m, py::mod_gil_not_used()) {
  m.doc() = "A module.";
  m.def("answer", &answer, "Return 42.");
}

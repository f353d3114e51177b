// A tag that is about interpreters, not about the GIL.
#include <pybind11/pybind11.h>

namespace py = pybind11;

namespace {

int answer() { return 42; }

}  // namespace

PYBIND11_MODULE(framework_pybind11_other_tag, m, py::multiple_interpreters::not_supported()) {  // expect: framework-opt-in-missing
  m.doc() = "A module.";
  m.def("answer", &answer, "Return 42.");
}

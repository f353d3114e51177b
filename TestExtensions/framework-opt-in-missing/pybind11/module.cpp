// pybind11 without a tag.
#include <pybind11/pybind11.h>

namespace py = pybind11;

namespace {

int answer() { return 42; }

}  // namespace

PYBIND11_MODULE(framework_pybind11, m) {  // expect: framework-opt-in-missing
  m.doc() = "A module.";
  m.def("answer", &answer, "Return 42.");
}

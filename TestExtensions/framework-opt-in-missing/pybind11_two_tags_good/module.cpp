// The tag is not the first, and written with the full name.
#include <pybind11/pybind11.h>

namespace py = pybind11;

namespace {

int answer() { return 42; }

}  // namespace

PYBIND11_MODULE(framework_pybind11_two_tags, m,
                pybind11::multiple_interpreters::per_interpreter_gil(), ::pybind11::mod_gil_not_used()) {
  m.doc() = "A module.";
  m.def("answer", &answer, "Return 42.");
}

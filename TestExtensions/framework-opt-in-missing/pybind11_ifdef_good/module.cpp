// Old versions of pybind11 do not know the tag.
#include <pybind11/pybind11.h>

// The header is not here; a build would find this number in it.
#ifndef PYBIND11_VERSION_HEX
#define PYBIND11_VERSION_HEX 0x020D0000
#endif

namespace py = pybind11;

namespace {

int answer() { return 42; }

}  // namespace

#if PYBIND11_VERSION_HEX >= 0x020D0000
PYBIND11_MODULE(framework_pybind11_ifdef, m, py::mod_gil_not_used()) {
#else
PYBIND11_MODULE(framework_pybind11_ifdef, m) {
#endif
  m.doc() = "A module.";
  m.def("answer", &answer, "Return 42.");
}

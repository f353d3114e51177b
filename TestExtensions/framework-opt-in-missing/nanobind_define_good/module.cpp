// nanobind: the opt-in is in the build file.
#include <nanobind/nanobind.h>

namespace nb = nanobind;

NB_MODULE(framework_nanobind_define_good, m) {
  m.def("answer", []() { return 42; });
}

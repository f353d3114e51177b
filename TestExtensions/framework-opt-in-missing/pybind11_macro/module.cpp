// A macro of the project around the macro of pybind11; its use is the place.
#include <pybind11/pybind11.h>

#define PROJECT_MODULE(name) PYBIND11_MODULE(name, m)

PROJECT_MODULE(framework_pybind11_macro) {  // expect-missing: framework-opt-in-missing  without the headers of pybind11 nothing says that this is its macro
  m.def("answer", []() { return 42; });
}

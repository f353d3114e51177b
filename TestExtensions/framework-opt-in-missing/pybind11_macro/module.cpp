// A macro of the project around the macro of pybind11; its use is the place.
#include <pybind11/pybind11.h>

#define PROJECT_MODULE(name) PYBIND11_MODULE(name, m)

PROJECT_MODULE(framework_pybind11_macro) {  // expect: framework-opt-in-missing
  m.def("answer", []() { return 42; });
}

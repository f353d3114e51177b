// The macro is in this file, the bindings are in another.
#include "bindings.h"

PYBIND11_MODULE(framework_pybind11_two_files, module_) {  // expect: framework-opt-in-missing
  add_bindings(module_);
}

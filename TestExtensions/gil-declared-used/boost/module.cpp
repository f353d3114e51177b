// Boost.Python with the tag negated.
#include <boost/python.hpp>

BOOST_PYTHON_MODULE(gil_declared_used_boost, boost::python::mod_gil_not_used(false)) {  // expect: gil-declared-used
  boost::python::def("answer", +[]() { return 42; });
}

// Boost.Python with its tag.
#include <boost/python.hpp>

namespace {

int answer() { return 42; }

}  // namespace

BOOST_PYTHON_MODULE(framework_boost_good, boost::python::mod_gil_not_used()) {
  using namespace boost::python;
  def("answer", answer);
}

// Boost.Python without its tag.
#include <boost/python.hpp>

namespace {

int answer() { return 42; }

}  // namespace

BOOST_PYTHON_MODULE(framework_boost) {  // expect: framework-opt-in-missing
  using namespace boost::python;
  def("answer", answer);
}

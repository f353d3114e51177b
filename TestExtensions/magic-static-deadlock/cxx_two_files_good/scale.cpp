#include <cmath>

double cxx_two_files_good_scale() { return std::pow(2.0, 0.25); }

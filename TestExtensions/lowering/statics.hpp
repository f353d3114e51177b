// Statics of a header, for statics.cpp.
#pragma once
#include <string>
#include <vector>
static int header_static;
static const int header_const = 4;
inline int header_inline = 3;
extern int declared_only_here;
inline int inline_function() { static int inline_local; return ++inline_local; }
template <class T> struct Holder {
  static T instance;
  static inline int count = 0;
  static T &get() { static T one; return one; }
};
template <class T> T Holder<T>::instance;
template <class T> int template_function(T value) { static T last; last = value; return last; }
// nm-only: variable_template  libclang does not show what a variable template became
template <class T> T variable_template = 3;
class Shared {
 public:
  static int declared;
  static const int in_class = 3;
  static constexpr int table[2] = {1, 2};
  static inline std::vector<int> list;
  int method() { static int in_method; return ++in_method; }
  static int unused_method() { static int never_used; return ++never_used; }
  struct Inner { static int deep; };
};

// Objects with static storage in all the forms of C++: 'ftaudit state' lists what nm shows.
// A comment 'nm-only: NAME reason' marks what is not listed.
#include "statics.hpp"
#include <mutex>
#include <atomic>
#include <map>
int global_int;
const int namespace_const = 3;
extern const int extern_const = 4;
constexpr int namespace_constexpr = 5;
constexpr const char *words[] = {"a", "b"};
int declared_only_here = 1;
int Shared::declared = 2;
int Shared::Inner::deep;
constexpr int Shared::table[2];
const int Shared::in_class;
namespace {
int hidden_int;
const char *const hidden_text = "x";
struct Local { int value; Local(); ~Local(); };
Local hidden_object;
thread_local int hidden_thread;
int hidden_function() { static int hidden_local; return ++hidden_local; }
}
Local::Local() : value(hidden_int) { static int in_constructor; in_constructor++; }
Local::~Local() { static int in_destructor; in_destructor++; }
namespace outer { namespace inner {
int nested;
static std::string nested_string = "abc";
inline int nested_inline = 3;
} 
inline namespace v1 { int versioned; }
}
std::map<std::string, int> registry;
std::mutex lock;
std::atomic<int> counter{0};
static auto lambda = [](int x) { static int in_lambda; return in_lambda += x; };
// Its members are listed as those of 'Holder<int>'.
template struct Holder<long>;
extern "C" { int c_name; static int c_static; }
static int &reference = global_int;
const int &const_reference = 5;
static std::string *pointer_to = nullptr;
// nm-only: bound_a  a structured binding outside functions is not read
// nm-only: bound_b  nor this part of it
// nm-only: [bound_a,bound_b]  nor the whole
auto [bound_a, bound_b] = std::pair<int, int>{1, 2};
// nm-only: either_int  an unnamed union is listed without a name
static union { int either_int; float either_float; };
enum class Kind { a } static kind_now;
int user(int x)
{
    static int calls;
    static const std::string made = "made";
    static std::vector<int> made_list{1, 2};
    static thread_local int mine;
    auto inner = [&] { static int in_inner; return in_inner++ + x; };
    struct InFunction { int go() { static int in_local_class; return in_local_class++; } };
    try { static int in_try; in_try++; } catch (int e) { static int in_catch; in_catch = e; }
    if (static int odd = 3; x) { odd++; }
    Shared s;
    return calls++ + header_static + header_const + header_inline + inline_function() + Holder<int>::instance
        + Holder<int>::get() + template_function(3) + (int)template_function(4L) + variable_template<int> + s.method()
        + hidden_function() + lambda(2) + inner() + InFunction().go() + Holder<int>::count + (int)Shared::list.size() + mine
        + made.size() + c_static + (int)words[x][0] + (int)(long)hidden_text + namespace_constexpr + either_int + bound_a + Shared::table[x] + hidden_thread + outer::inner::nested_inline;
}

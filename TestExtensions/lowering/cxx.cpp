// Probes for the lowering of C++. Nothing of the standard library is needed, so its size does not
// hide the question.
#if __has_include(<initializer_list>)
#include <initializer_list>
#endif

int test();
void first();
void second();
void use(int value);

namespace outer {

int shared = 0;

namespace {
int hidden = 1;
}

inline namespace inner {
int deep = 2;
}

int read_namespaces() { return shared + hidden + deep + inner::deep; }

}  // namespace outer

int qualified_write(int value) { return outer::shared = value; }

class Mutex {
 public:
  void lock();
  void unlock();
};

template <typename Lock>
class Guard {
 public:
  explicit Guard(Lock &lock) : lock_(lock) { lock_.lock(); }
  ~Guard() { lock_.unlock(); }
  Guard(const Guard &) = delete;

 private:
  Lock &lock_;
};

Mutex global_mutex;
int guarded;

void guard_scope() {
  {
    Guard<Mutex> guard(global_mutex);
    guarded++;
  }
  first();
}

int guard_early_return(int a) {
  Guard<Mutex> guard(global_mutex);
  if (a) return guarded;
  guarded = a;
  return 0;
}

void guard_break() {
  while (test()) {
    Guard<Mutex> guard(global_mutex);
    if (guarded) break;
    if (test()) continue;
    guarded++;
  }
  second();
}

void guard_two() {
  Guard<Mutex> one(global_mutex);
  Mutex local;
  Guard<Mutex> two(local);
  guarded--;
}

void guard_goto(int a) {
  {
    Guard<Mutex> guard(global_mutex);
    if (a) goto out;
    first();
  }
out:
  second();
}

void guard_temporary() {
  Guard<Mutex>{global_mutex};
  guarded++;
}

class Counter {
 public:
  Counter() : value_(0), limit_{10} {}
  explicit Counter(int value) : value_(value) { total += value; }
  ~Counter() { total--; }

  void increment() { value_++; }
  int value() const { return this->value_; }
  static int read_total() { return total; }
  int &reference() { return value_; }
  Counter &operator+=(int by) {
    value_ += by;
    return *this;
  }
  int operator()(int a) const { return a + value_; }
  int operator[](int i) const { return values_[i]; }
  virtual int kind() const { return 0; }
  int defined_outside(int a = 5);

  static int total;
  inline static int made = 0;

 private:
  int value_;
  int limit_ = 3;
  int values_[4] = {};
  mutable int seen_ = 0;
};

int Counter::total = 0;

int Counter::defined_outside(int a) { return value_ + limit_ + a; }

class Special : public Counter {
 public:
  using Counter::Counter;
  int kind() const override { return Counter::kind() + 1; }
};

int method_calls() {
  Counter counter;
  counter.increment();
  return counter.value();
}

int method_through_pointer(Counter *counter) {
  counter->increment();
  return counter->kind();
}

int method_static() { return Counter::read_total() + Counter::made; }

int method_default_argument(Counter &counter) { return counter.defined_outside(); }

int operators(Counter &counter) {
  counter += 2;
  return counter(1) + counter[0];
}

int virtual_call(const Special &special) { return special.kind(); }

void reference_parameter(int &out) { out = 1; }

void reference_local() {
  int &alias = outer::shared;
  alias = 7;
}

void reference_returned(Counter &counter) { counter.reference() = 3; }

int pass_by_reference() {
  int value = 0;
  reference_parameter(value);
  return value;
}

Counter &magic_static() {
  static Counter instance(1);
  return instance;
}

int magic_static_constant() {
  static const int once = test();
  return once;
}

int *allocate() { return new int(3); }

int *allocate_array(int n) { return new int[n]; }

void release(Counter *counter, int *list) {
  delete counter;
  delete[] list;
}

int lambda_by_value(int a) {
  auto add = [a](int b) { return a + b; };
  return add(1);
}

int lambda_by_reference() {
  int sum = 0;
  auto add = [&sum](int b) { sum += b; };
  add(1);
  return sum;
}

struct Holder {
  int field;
  int lambda_this() {
    return [this] { return field++; }();
  }
};

int lambda_as_pointer() {
  int (*f)(int) = [](int a) { return a + outer::shared; };
  return f(1);
}

int lambda_initialised(int a) {
  return [b = a + 1]() mutable { return b++; }();
}

int range_for() {
  int list[] = {1, 2, 3};
  int sum = 0;
  for (int value : list) sum += value;
  return sum;
}

void range_for_reference(int (&list)[3]) {
  for (auto &value : list) value = 0;
}

int try_catch(int a) {
  try {
    if (a) throw 1;
    first();
  } catch (int code) {
    return code;
  } catch (...) {
    return -1;
  }
  return 0;
}

void try_with_guard() {
  try {
    Guard<Mutex> guard(global_mutex);
    first();
  } catch (...) {
    throw;
  }
}

template <typename T>
T largest(T a, T b) {
  return a > b ? a : b;
}

template <typename T>
struct Box {
  T value;
  static int boxes;
  T get() { return value; }
};

template <typename T>
int Box<T>::boxes = 0;

int use_templates() {
  Box<int> box{3};
  Box<int>::boxes++;
  return largest(box.get(), 4);
}

struct Pair {
  int a, b;
};

int structured_binding() {
  Pair pair{1, 2};
  auto [a, b] = pair;
  return a + b;
}

void structured_reference(Pair &pair) {
  auto &[a, b] = pair;
  a = b;
}

int if_with_initialiser() {
  if (int value = test(); value > 1) return value;
  return 0;
}

int casts(void *p, const int *q) {
  return *static_cast<int *>(p) + *const_cast<int *>(q) + *reinterpret_cast<int *>(p);
}

Counter *downcast(Counter *counter) { return dynamic_cast<Special *>(counter); }

int Pair::*member_pointer = &Pair::b;

int through_member_pointer(Pair &pair) { return pair.*member_pointer; }

void list_argument(std::initializer_list<int> list) { use(static_cast<int>(list.size())); }

void call_with_list() { list_argument({1, 2, 3}); }

thread_local int per_thread = 0;
constexpr int fixed = 4;
int at_start = fixed;

int read_storage() { return per_thread + fixed + at_start; }

Pair copy_elided() { return Pair{1, test()}; }

int temporary_destroyed() { return Counter(4).value(); }

void delegate(Counter counter) { counter.increment(); }

void copies(const Counter &counter) { delegate(counter); }

extern "C" int c_linkage(int a) { return a; }

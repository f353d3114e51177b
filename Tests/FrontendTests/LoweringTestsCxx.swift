import Testing

@testable import Frontend

// The lowering of C++: the C and the text of its function side by side.
extension LoweringTests {
  @Test(arguments: cxxCases) func cxx(_ question: Lowered) throws {
    #expect(try question.text() == question.expected)
  }

  private static let cxxCases: [Lowered] = [
    Lowered(
      "member initialisers", cxx: true,
      """
      struct C { int a = 1; int b{2}; int c; int d[2] = {}; C(int v) : c(v) { first(); }
          };
      C make(int v) { return C(v); }
      """,
      expecting: """
        function C::C(this, v)
          b0:
            store this->a = 1
            store this->b = 2
            store this->d = 0
            store this->c = v
            call first()
            return
        """, function: "C"),
    Lowered(
      "magic static", cxx: true,
      """
      struct C { C(int); };
      C &f() { static C one(1); return one; }
      """,
      expecting: """
        function f()
          b0:
            %0 = call __cxa_guard_acquire(&@one)
            branch %0, b1, b2
          b1:
            call C::C(&@one, 1)
            call __cxa_guard_release(&@one)
            jump b2
          b2:
            return &@one
        """),
    Lowered(
      "constant static", cxx: true,
      """
      int f() { static const int table[] = {1, 2}; return table[1]; }
      """,
      expecting: """
        function f()
          b0:
            %0 = load @table[1]
            return %0
        """),
    Lowered(
      "structured binding", cxx: true,
      """
      struct Pair { int a, b; };
      int f(Pair &p) { auto [a, b] = p; auto &[c, d] = p; c = b; return a + d; }
      """,
      expecting: """
        function f(p)
          b0:
            %0 = load *p
            store $1 = %0
            store $2 = &*p
            %1 = load $1.b
            store $2->a = %1
            %2 = load $1.a
            %3 = load $2->b
            %4 = add %2, %3
            return %4
        """),
    Lowered(
      "structured binding of an array", cxx: true,
      """
      int f(int (&list)[2]) { auto &[a, b] = list; a = b; return a; }
      """,
      expecting: """
        function f(list)
          b0:
            store $1 = &*list
            %0 = load $1[1]
            store $1[0] = %0
            %1 = load $1[0]
            return %1
        """),
    Lowered(
      "new and delete", cxx: true,
      """
      struct C { C(int); ~C(); };
      void f(int n) { C *c = new C(n); delete c; int *p = new int[n]; delete[] p; }
      """,
      expecting: """
        function f(n)
          b0:
            %0 = call operator new()
            call C::C(%0, n)
            store c = %0
            call C::~C(c)
            call operator delete(c)
            %1 = call operator new()
            store p = %1
            call operator delete(p)
            return
        """),
    Lowered(
      "operators", cxx: true,
      """
      struct C { C &operator+=(int); int operator()(int); int &operator[](int); };
      int f(C &c) { c += 2; c[1] = 3; return c(1) + c[0]; }
      """,
      expecting: """
        function f(c)
          b0:
            call C::operator+=(&*c, 2)
            %0 = call C::operator[](&*c, 1)
            store *%0 = 3
            %1 = call C::operator()(&*c, 1)
            %2 = call C::operator[](&*c, 0)
            %3 = load *%2
            %4 = add %1, %3
            return %4
        """),
    Lowered(
      "default argument", cxx: true,
      """
      int next(int v, int by = 5);
      int f(int a) { return next(a); }
      """,
      expecting: """
        function f(a)
          b0:
            %0 = call next(a, 5)
            return %0
        """),
    Lowered(
      "template as instantiated", cxx: true,
      """
      template <typename T> T largest(T a, T b) { return a > b ? a : b; }
      int f(int a) { return largest(a, 4); }
      """,
      expecting: """
        function largest(a, b)
          b0:
            %0 = greater a, b
            branch %0, b1, b3
          b1:
            %1 = a
            jump b2
          b2:
            return %1
          b3:
            %1 = b
            jump b2
        """, function: "largest"),
    Lowered(
      "class template", cxx: true,
      """
      template <typename L> struct G { L &l; explicit G(L &m) : l(m) { l.lock(); } ~G() {
          l.unlock(); } };
      void f() { G<Mutex> g(mutex); guarded++; }
      """,
      expecting: """
        function f()
          b0:
            call G::G(&g, &@mutex)
            modify @guarded add 1
            call G::~G(&g)
            return
        """),
    Lowered(
      "class template initialised", cxx: true,
      """
      template <typename T> struct Box { T value; T get() { return value; } };
      int f() { Box<int> box{3}; return box.get(); }
      """,
      expecting: """
        function f()
          b0:
            store box.value = 3
            %0 = call Box::get(&box)
            return %0
        """),
    Lowered(
      "static members", cxx: true,
      """
      struct C { static int total; static int count() { return total; } };
      int C::total = 0;
      int f(C *c) { C::total++; return c->total + C::count(); }
      """,
      expecting: """
        function f(c)
          b0:
            modify @total add 1
            %0 = load @total
            %1 = call C::count()
            %2 = add %0, %1
            return %2
        """),
    Lowered(
      "virtual and base methods", cxx: true,
      """
      struct A { virtual int kind(); };
      struct B : A { int kind() override; };
      int f(B *b) { return b->kind() + b->A::kind(); }
      """,
      expecting: """
        function f(b)
          b0:
            %0 = call B::kind(b)
            %1 = call A::kind(b)
            %2 = add %0, %1
            return %2
        """),
    Lowered(
      "casts", cxx: true,
      """
      int f(void *p, const int *q) { return *static_cast<int *>(p) + *const_cast<int
          *>(q) + *reinterpret_cast<int *>(p); }
      """,
      expecting: """
        function f(p, q)
          b0:
            %0 = load *p
            %1 = load *q
            %2 = add %0, %1
            %3 = load *p
            %4 = add %2, %3
            return %4
        """),
    Lowered(
      "copy of a plain record", cxx: true,
      """
      struct Pair { int a, b; };
      void take(Pair);
      void f(const Pair &p) { Pair q = p; take(q); }
      """,
      expecting: """
        function f(p)
          b0:
            %0 = load *p
            store q = %0
            store $2 = q
            call take($2)
            return
        """),
    Lowered(
      "copy constructor", cxx: true,
      """
      struct R { R(const R &); ~R(); };
      void take(R);
      void f(const R &r) { take(r); }
      """,
      expecting: """
        function f(r)
          b0:
            call R::R(&$1, &*r)
            call take($1)
            call R::~R(&$1)
            return
        """),
    Lowered(
      "this", cxx: true,
      """
      struct C { int n; C *self() { return this; } void set(int v) { n = v; this->n += 1;
          } };
      void f(C &c) { c.set(1); }
      """,
      expecting: """
        function C::set(this, v)
          b0:
            store this->n = v
            modify this->n add 1
            return
        """, function: "set"),
    Lowered(
      "namespaces", cxx: true,
      """
      namespace one { int shared; namespace { int hidden; } }
      int f() { return one::shared + one::hidden; }
      """,
      expecting: """
        function f()
          b0:
            %0 = load @shared
            %1 = load @hidden
            %2 = add %0, %1
            return %2
        """),
    Lowered(
      "initializer of a base", cxx: true,
      """
      struct A { A(int); };
      struct B : A { int n; B(int v) : A(v), n(v) {} };
      B *f(int v) { return new B(v); }
      """,
      expecting: """
        function B::B(this, v)
          b0:
            call A::A(this, v)
            store this->n = v
            return
        """, function: "B"),
    Lowered(
      "comparison rewritten", cxx: true,
      """
      struct P { int v; bool operator==(const P &o) const { return v == o.v; } };
      bool f(P a, P b) { return a == b; }
      """,
      expecting: """
        function f(a, b)
          b0:
            %0 = call P::operator==(&a, &b)
            return %0
        """),
    Lowered(
      "assignment through a conditional", cxx: true,
      """
      int other;
      void f(int a) { (a ? guarded : other) = 1; }
      """,
      expecting: """
        function f(a)
          b0:
            branch a, b1, b3
          b1:
            %0 = &@guarded
            jump b2
          b2:
            store *%0 = 1
            return
          b3:
            %0 = &@other
            jump b2
        """),
    Lowered(
      "template arguments that are values", cxx: true,
      """
      template <int N> struct A { int n; A(int v); ~A(); };
      template <int N> struct B : A<N> { B(int v) : A<N>(v) {} };
      int f(int v) { B<3> b(v); return B<4>(v).n; }
      """,
      expecting: """
        function f(v)
          b0:
            call B::B(&b, v)
            call B::B(&$2, v)
            %0 = load $2.n
            call ~B(&$2)
            call ~B(&b)
            return %0
        """),
    Lowered(
      "base initialised with values for its template", cxx: true,
      """
      template <int N> struct A { A(int v); ~A(); };
      template <int N> struct B : A<N> { B(int v) : A<N>(v) {} };
      void f(int v) { B<3> b(v); }
      """,
      expecting: """
        function B::B(this, v)
          b0:
            call A::A(this, v)
            return
        """, function: "B"),
    Lowered(
      "method of a template outside it", cxx: true,
      """
      template <typename T> struct A { T n; T get(); };
      template <typename T> T A<T>::get() { return n; }
      int f(A<int> &a) { return a.get(); }
      """,
      expecting: """
        function A::get(this)
          b0:
            %0 = load this->n
            return %0
        """, function: "get"),
    Lowered(
      "array of a record with a destructor in a field", cxx: true,
      """
      struct H { Guard g; H(Mutex &m) : g(m) {} };
      void f() { H h(mutex); first(); }
      """,
      expecting: """
        function f()
          b0:
            call H::H(&h, &@mutex)
            call first()
            call ~H(&h)
            return
        """),
  ]
}

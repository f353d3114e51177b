import Testing

@testable import Frontend

// The lowering of C++ lambdas and references: the C and the text of its function side by side.
extension LoweringTests {
  @Test(arguments: lambdasCases) func lambdas(_ question: Lowered) throws {
    #expect(try question.text() == question.expected)
  }

  private static let lambdasCases: [Lowered] = [
    Lowered(
      "lambda kept at file scope", cxx: true,
      """
      static auto twice = [](int b) { return b * 2; };
      int f() { return twice(2); }
      """,
      expecting: """
        function f()
          b0:
            %0 = load @twice
            %1 = call initialiser of twice::lambda0(2)
            return %1
        """),
    Lowered(
      "lambda kept in a static of a function", cxx: true,
      """
      int f() { static auto twice = [](int b) { return b * 2; }; return twice(2); }
      """,
      expecting: """
        function f()
          b0:
            %0 = call __cxa_guard_acquire(&@twice)
            branch %0, b1, b2
          b1:
            store @twice = @f::lambda0
            call __cxa_guard_release(&@twice)
            jump b2
          b2:
            %1 = load @twice
            %2 = call f::lambda0(2)
            return %2
        """),
    Lowered(
      "lambda by value", cxx: true,
      """
      int f(int a) { auto add = [a](int b) { return a + b; }; return add(1); }
      """,
      expecting: """
        function f(a)
          b0:
            opaque capture (a)
            opaque capture (&a)
            store add = @f::lambda0
            %0 = call f::lambda0(1)
            return %0
        """),
    Lowered(
      "lambda by reference", cxx: true,
      """
      int f() { int sum = 0; auto add = [&sum](int b) { sum += b; }; add(1); return sum; }
      """,
      expecting: """
        function f()
          b0:
            store sum = 0
            opaque capture (&sum)
            opaque capture (&sum)
            store add = @f::lambda0
            call f::lambda0(1)
            return sum
        """),
    Lowered(
      "lambda with a default capture", cxx: true,
      """
      int f(int a) { int sum = 0; auto add = [&]() { sum += a; }; add(); return sum; }
      """,
      expecting: """
        function f(a)
          b0:
            store sum = 0
            opaque capture (&a, &sum)
            store add = @f::lambda0
            call f::lambda0()
            return sum
        """),
    Lowered(
      "lambda as a pointer", cxx: true,
      """
      int f() { int (*p)(int) = [](int a) { return a + guarded; }; return p(1); }
      """,
      expecting: """
        function f()
          b0:
            store p = @f::lambda0
            %0 = call *p(1)
            return %0
        """),
    Lowered(
      "lambda with an initialiser", cxx: true,
      """
      int f(int a) { return [b = a + 1]() mutable { return b++; }(); }
      """,
      expecting: """
        function f(a)
          b0:
            %0 = add a, 1
            opaque capture (%0)
            %1 = call f::lambda0()
            return %1
        """),
    Lowered(
      "references", cxx: true,
      """
      int &name();
      int f(int &out) { int &alias = guarded; alias = 7; out = alias; name() = 3; return
          name() + 1; }
      """,
      expecting: """
        function f(out)
          b0:
            store alias = &@guarded
            store *alias = 7
            %0 = load *alias
            store *out = %0
            %1 = call name()
            store *%1 = 3
            %2 = call name()
            %3 = load *%2
            %4 = add %3, 1
            return %4
        """),
    Lowered(
      "reference argument", cxx: true,
      """
      void fill(int &out);
      int f() { int v = 0; fill(v); return v; }
      """,
      expecting: """
        function f()
          b0:
            store v = 0
            call fill(&v)
            return v
        """),
  ]
}

import Testing

@testable import Frontend

// Structured bindings of loops, and instances of variable templates.
extension LoweringTests {
  @Test(arguments: bindingCases) func bindings(_ question: Lowered) throws {
    #expect(try question.text() == question.expected)
  }

  private static let bindingCases: [Lowered] = [
    Lowered(
      "structured binding of a range-for", cxx: true,
      """
      struct Pair { int a; int b; };
      extern Pair pairs[2];
      int f(void) { int n = 0; for (auto &[x, y] : pairs) { y = x; n += x; } return n; }
      """,
      expecting: """
        function f()
          b0:
            store n = 0
            jump b1
          b1:
            %0 = opaque range-for (&@pairs)
            branch %0, b2, b3
          b2:
            %1 = opaque range-for element (&@pairs)
            store $1 = %1
            %2 = load $1->a
            store $1->b = %2
            %3 = load $1->a
            modify n add %3
            jump b1
          b3:
            return n
        """, function: "f"),
    Lowered(
      "constant variable template", cxx: true,
      """
      template <class T> constexpr bool is_small = sizeof(T) < 4;
      int f(int v) { if constexpr (is_small<int>) { return v; } return 1; }
      """,
      expecting: """
        function f(v)
          b0:
            branch unknown, b1, b2
          b1:
            return v
          b2:
            return 1
        """),
    Lowered(
      "variable template that changes", cxx: true,
      """
      template <class T> T last{};
      int f(int v) { last<int> = v; return last<int>; }
      """,
      expecting: """
        function f(v)
          b0:
            store @last = v
            %0 = load @last
            return %0
        """),
  ]
}

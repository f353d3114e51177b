import Testing

@testable import Frontend

// The lowering of statements: the C and the text of its function side by side.
extension LoweringTests {
  @Test(arguments: branchesCases) func branches(_ question: Lowered) throws {
    #expect(try question.text() == question.expected)
  }

  private static let branchesCases: [Lowered] = [
    Lowered(
      "if",
      """
      void f(int a) { if (a) first(); second(); }
      """,
      expecting: """
        function f(a)
          b0:
            branch a, b1, b2
          b1:
            call first()
            jump b2
          b2:
            call second()
            return
        """),
    Lowered(
      "if else",
      """
      void f(int a) { if (a) first(); else second(); }
      """,
      expecting: """
        function f(a)
          b0:
            branch a, b1, b3
          b1:
            call first()
            jump b2
          b2:
            return
          b3:
            call second()
            jump b2
        """),
    Lowered(
      "dangling else",
      """
      int f(int a, int b) { if (a) if (b) return 1; else return 2; return 3; }
      """,
      expecting: """
        function f(a, b)
          b0:
            branch a, b1, b4
          b1:
            branch b, b2, b3
          b2:
            return 1
          b3:
            return 2
          b4:
            return 3
        """),
    Lowered(
      "constant condition",
      """
      void f(void) { if (0) first(); second(); }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1:
            call second()
            return
        """),
    Lowered(
      "call that must fail or a field",
      """
      int f(struct inner *p) { if (!(p = 0) || p->a) return 1; return 0; }
      """,
      expecting: """
        function f(p)
          b0:
            store p = 0
            jump b1
          b1:
            return 1
        """),
  ]
}

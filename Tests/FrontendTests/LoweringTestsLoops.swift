import Testing

@testable import Frontend

// The lowering of loops: the C and the text of its function side by side.
extension LoweringTests {
  @Test(arguments: loopsCases) func loops(_ question: Lowered) throws {
    #expect(try question.text() == question.expected)
  }

  private static let loopsCases: [Lowered] = [
    Lowered(
      "while",
      """
      void f(void) { while (test()) first(); }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1:
            %0 = call test()
            branch %0, b2, b3
          b2:
            call first()
            jump b1
          b3:
            return
        """),
    Lowered(
      "while with an assignment",
      """
      void f(int a) { int b; while ((b = next(a))) a = b; }
      """,
      expecting: """
        function f(a)
          b0:
            jump b1
          b1:
            %0 = call next(a)
            store b = %0
            branch %0, b2, b3
          b2:
            store a = b
            jump b1
          b3:
            return
        """),
    Lowered(
      "do",
      """
      void f(void) { do first(); while (test()); }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1:
            call first()
            jump b2
          b2:
            %0 = call test()
            branch %0, b1, b3
          b3:
            return
        """),
    Lowered(
      "do once with break",
      """
      void f(int a) { do { if (a) break; first(); } while (0); second(); }
      """,
      expecting: """
        function f(a)
          b0:
            jump b1
          b1:
            branch a, b2, b4
          b2:
            jump b3
          b3:
            call second()
            return
          b4:
            call first()
            jump b5
          b5:
            jump b3
        """),
    Lowered(
      "for",
      """
      void f(int n) { for (int i = 0; i < n; i++) first(); }
      """,
      expecting: """
        function f(n)
          b0:
            store i = 0
            jump b1
          b1:
            %0 = less i, n
            branch %0, b2, b4
          b2:
            call first()
            jump b3
          b3:
            modify i add 1
            jump b1
          b4:
            return
        """),
    Lowered(
      "for without start",
      """
      void f(int i) { for (; i < 9; i++) first(); }
      """,
      expecting: """
        function f(i)
          b0:
            jump b1
          b1:
            %0 = less i, 9
            branch %0, b2, b4
          b2:
            call first()
            jump b3
          b3:
            modify i add 1
            jump b1
          b4:
            return
        """),
    Lowered(
      "for without condition",
      """
      void f(void) { for (int i = 0;; i++) if (i == 3) break; }
      """,
      expecting: """
        function f()
          b0:
            store i = 0
            jump b1
          b1:
            jump b2
          b2:
            %0 = equal i, 3
            branch %0, b3, b5
          b3:
            jump b4
          b4:
            return
          b5:
            jump b6
          b6:
            modify i add 1
            jump b1
        """),
    Lowered(
      "for without step",
      """
      void f(void) { for (int i = 0; i < 9;) i = next(i); }
      """,
      expecting: """
        function f()
          b0:
            store i = 0
            jump b1
          b1:
            %0 = less i, 9
            branch %0, b2, b4
          b2:
            %1 = call next(i)
            store i = %1
            jump b3
          b3:
            jump b1
          b4:
            return
        """),
    Lowered(
      "for with a step alone",
      """
      void f(int i) { for (;; i++) if (test()) return; }
      """,
      expecting: """
        function f(i)
          b0:
            jump b1
          b1:
            jump b2
          b2:
            %0 = call test()
            branch %0, b3, b4
          b3:
            return
          b4:
            jump b5
          b5:
            modify i add 1
            jump b1
        """),
    Lowered(
      "for with a start alone",
      """
      void f(int i) { for (i = 2;;) if (test()) return; }
      """,
      expecting: """
        function f(i)
          b0:
            store i = 2
            jump b1
          b1:
            jump b2
          b2:
            %0 = call test()
            branch %0, b3, b4
          b3:
            return
          b4:
            jump b5
          b5:
            jump b1
        """),
    Lowered(
      "for without anything",
      """
      void f(void) { for (;;) if (test()) return; }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1:
            jump b2
          b2:
            %0 = call test()
            branch %0, b3, b4
          b3:
            return
          b4:
            jump b5
          b5:
            jump b1
        """),
    Lowered(
      "for without start inside a macro",
      """
      #define EACH(i, n) for (; i < n; i++)
      void f(int i) { EACH(i, 4) first(); }
      """,
      expecting: """
        function f(i)
          b0:
            jump b1
          b1:
            %0 = less i, 4
            branch %0, b2, b4
          b2:
            call first()
            jump b3
          b3:
            modify i add 1
            jump b1
          b4:
            return
        """),
    Lowered(
      "for without step inside a macro",
      """
      #define UNTIL(c) for (int k = 0; !(c);)
      void f(void) { UNTIL(test()) first(); }
      """,
      expecting: """
        function f()
          b0:
            store k = 0
            jump b1
          b1:
            %0 = call test()
            branch %0, b2, b3
          b2:
            return
          b3:
            call first()
            jump b4
          b4:
            jump b1
        """),
    Lowered(
      "for with calls as parts inside a macro",
      """
      #define WALK for (first(); test(); second())
      void f(void) { WALK next(1); }
      """,
      expecting: """
        function f()
          b0:
            call first()
            jump b1
          b1:
            %0 = call test()
            branch %0, b2, b4
          b2:
            call next(1)
            jump b3
          b3:
            call second()
            jump b1
          b4:
            return
        """),
    Lowered(
      "for with a semicolon in a string",
      """
      void f(const char *s) { for (s = ";;"; *s;) s++; }
      """,
      expecting: """
        function f(s)
          b0:
            store s = ";;"
            jump b1
          b1:
            %0 = load *s
            branch %0, b2, b4
          b2:
            modify s add 1
            jump b3
          b3:
            jump b1
          b4:
            return
        """),
    Lowered(
      "break and continue",
      """
      void f(int n) { for (int i = 0; i < n; i++) { if (i == 1) continue; if (i == 2)
          break; first(); } }
      """,
      expecting: """
        function f(n)
          b0:
            store i = 0
            jump b1
          b1:
            %0 = less i, n
            branch %0, b2, b7
          b2:
            %1 = equal i, 1
            branch %1, b3, b5
          b3:
            jump b4
          b4:
            modify i add 1
            jump b1
          b5:
            %2 = equal i, 2
            branch %2, b6, b8
          b6:
            jump b7
          b7:
            return
          b8:
            call first()
            jump b4
        """),
    Lowered(
      "break of the inner loop",
      """
      void f(int n) { while (test()) { for (;;) { if (n) break; first(); } second(); } }
      """,
      expecting: """
        function f(n)
          b0:
            jump b1
          b1:
            %0 = call test()
            branch %0, b2, b9
          b2:
            jump b3
          b3:
            jump b4
          b4:
            branch n, b5, b7
          b5:
            jump b6
          b6:
            call second()
            jump b1
          b7:
            call first()
            jump b8
          b8:
            jump b3
          b9:
            return
        """),
  ]
}

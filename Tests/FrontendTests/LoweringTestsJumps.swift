import Testing

@testable import Frontend

// The lowering of statements: the C and the text of its function side by side.
extension LoweringTests {
  @Test(arguments: jumpsCases) func jumps(_ question: Lowered) throws {
    #expect(try question.text() == question.expected)
  }

  private static let jumpsCases: [Lowered] = [
    Lowered(
      "switch",
      """
      void f(int a) { switch (a) { case 1: first(); break; case 2: case 3: second();
          break; default: test(); } }
      """,
      expecting: """
        function f(a)
          b0:
            switch a [1: b1, 2: b3, 3: b4], b5
          b1:
            call first()
            jump b2
          b2:
            return
          b3:
            jump b4
          b4:
            call second()
            jump b2
          b5:
            call test()
            jump b2
        """),
    Lowered(
      "switch that falls through",
      """
      void f(int a) { switch (a) { case 1: first(); case 2: second(); } }
      """,
      expecting: """
        function f(a)
          b0:
            switch a [1: b1, 2: b2], b3
          b1:
            call first()
            jump b2
          b2:
            call second()
            jump b3
          b3:
            return
        """),
    Lowered(
      "default in the middle",
      """
      void f(int a) { switch (a) { case 1: first(); break; default: second(); case 2:
          test(); } }
      """,
      expecting: """
        function f(a)
          b0:
            switch a [1: b1, 2: b3], b4
          b1:
            call first()
            jump b2
          b2:
            return
          b3:
            call test()
            jump b2
          b4:
            call second()
            jump b3
        """),
    Lowered(
      "case range",
      """
      void f(int a) { switch (a) { case 1 ... 5: first(); break; case 6: second(); } }
      """,
      expecting: """
        function f(a)
          b0:
            switch a [1...5: b1, 6: b3], b2
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
      "switch with continue in a loop",
      """
      void f(void) { while (test()) { switch (next(1)) { case 1: continue; case 2: break;
          } first(); } }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1:
            %0 = call test()
            branch %0, b2, b6
          b2:
            %1 = call next(1)
            switch %1 [1: b3, 2: b4], b5
          b3:
            jump b1
          b4:
            jump b5
          b5:
            call first()
            jump b1
          b6:
            return
        """),
    Lowered(
      "Duff's device",
      """
      void f(int n) { switch (n % 2) { case 0: do { first(); case 1: second(); } while
          (--n > 0); } }
      """,
      expecting: """
        function f(n)
          b0:
            %0 = remainder n, 2
            switch %0 [0: b1, 1: b3], b6
          b1:
            jump b2
          b2:
            call first()
            jump b3
          b3:
            call second()
            jump b4
          b4:
            %1 = modify n subtract 1
            %2 = greater %1, 0
            branch %2, b2, b5
          b5:
            jump b6
          b6:
            return
        """),
    Lowered(
      "code before the first case",
      """
      void f(int a) { switch (a) { int b; first(); case 1: b = 2; next(b); } }
      """,
      expecting: """
        function f(a)
          b0:
            switch a [1: b1], b2
          b1:
            store b = 2
            call next(b)
            jump b2
          b2:
            return
        """),
    Lowered(
      "enumerators as cases",
      """
      enum e { ONE = 1, TWO };
      int f(enum e x) { switch (x) { case ONE: return 10; case TWO: return 20; } return
          0; }
      """,
      expecting: """
        function f(x)
          b0:
            switch x [1: b1, 2: b2], b3
          b1:
            return 10
          b2:
            return 20
          b3:
            return 0
        """),
    Lowered(
      "goto forward",
      """
      int f(int a) { if (a) goto failed; first(); return 0; failed: second(); return -1; }
      """,
      expecting: """
        function f(a)
          b0:
            branch a, b1, b4
          b1:
            jump b2
          b2:
            jump b3
          b3:
            call second()
            return -1
          b4:
            call first()
            return 0
        """),
    Lowered(
      "goto backward",
      """
      void f(void) { again: first(); if (test()) goto again; }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1:
            call first()
            %0 = call test()
            branch %0, b2, b4
          b2:
            jump b3
          b3:
            jump b1
          b4:
            return
        """),
    Lowered(
      "goto into a loop",
      """
      void f(int a) { if (a) goto inside; while (test()) { first(); inside: second(); } }
      """,
      expecting: """
        function f(a)
          b0:
            branch a, b1, b7
          b1:
            jump b2
          b2:
            jump b3
          b3:
            call second()
            jump b4
          b4:
            %0 = call test()
            branch %0, b5, b6
          b5:
            call first()
            jump b3
          b6:
            return
          b7:
            jump b4
        """),
    Lowered(
      "computed goto",
      """
      int f(int a) { static const void *const to[] = {&&one, &&two}; goto *to[a]; one:
          return 1; two: return 2; }
      """,
      expecting: """
        function f(a)
          b0:
            %0 = load @to[a]
            goto *%0 [b1, b2]
          b1:
            return 1
          b2:
            return 2
        """),
    Lowered(
      "computed goto through a local table",
      """
      int f(int a) { void *to[] = {&&one, &&two}; goto *to[a]; one: return 1; two: return
          2; }
      """,
      expecting: """
        function f(a)
          b0:
            store to[0] = unknown
            store to[1] = unknown
            %0 = load to[a]
            goto *%0 [b1, b2]
          b1:
            return 1
          b2:
            return 2
        """),
    Lowered(
      "code after return",
      """
      void f(void) { return; first(); }
      """,
      expecting: """
        function f()
          b0:
            return
        """),
    Lowered(
      "call that does not return",
      """
      _Noreturn void stop(void);
      int f(int a) { if (a) stop(); return 1; }
      """,
      expecting: """
        function f(a)
          b0:
            branch a, b1, b2
          b1:
            call stop()
            unreachable
          b2:
            return 1
        """),
    Lowered(
      "GNU's noreturn",
      """
      __attribute__((noreturn)) void stop(void);
      int f(int a) { if (a) return 1; stop(); }
      """,
      expecting: """
        function f(a)
          b0:
            branch a, b1, b2
          b1:
            return 1
          b2:
            call stop()
            unreachable
        """),
    Lowered(
      "noreturn through a macro",
      """
      #define NEVER __attribute__((__noreturn__))
      NEVER void stop(void);
      void f(void) { stop(); first(); }
      """,
      expecting: """
        function f()
          b0:
            call stop()
            unreachable
        """),
    Lowered(
      "unreachable",
      """
      int f(int a) { if (a) return 1; __builtin_unreachable(); }
      """,
      expecting: """
        function f(a)
          b0:
            branch a, b1, b2
          b1:
            return 1
          b2:
            call __builtin_unreachable()
            unreachable
        """),
    Lowered(
      "expected condition",
      """
      int f(int *p) { if (__builtin_expect(!!(p == 0 || *p), 0)) return -1; return *p; }
      """,
      expecting: """
        function f(p)
          b0:
            %0 = equal p, 0
            branch %0, b1, b2
          b1:
            return -1
          b2:
            %1 = load *p
            branch %1, b1, b3
          b3:
            %2 = load *p
            return %2
        """),
    Lowered(
      "shadowed local",
      """
      void f(int a) { { int a = 1; next(a); } next(a); }
      """,
      expecting: """
        function f(a)
          b0:
            store a$1 = 1
            call next(a$1)
            call next(a$0)
            return
        """),
    Lowered(
      "calls in a condition",
      """
      int f(int a) { return next(a) > next(a + 1) && test(); }
      """,
      expecting: """
        function f(a)
          b0:
            %0 = call next(a)
            %1 = add a, 1
            %2 = call next(%1)
            %3 = greater %0, %2
            branch %3, b1, b4
          b1:
            %4 = call test()
            branch %4, b2, b4
          b2:
            %5 = 1
            jump b3
          b3:
            return %5
          b4:
            %5 = 0
            jump b3
        """),
    Lowered(
      "cleanup attribute is a gap",
      """
      void drop(int **p);
      void f(int a) { int *p __attribute__((cleanup(drop))) = &a; }
      """,
      expecting: """
        function f(a)
          not understood: attribute cleanup
          b0:
            store p = &a
            return
        """),
  ]
}

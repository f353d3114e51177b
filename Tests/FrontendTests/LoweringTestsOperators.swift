import Testing

@testable import Frontend

// The lowering of expressions: the C and the text of its function side by side.
extension LoweringTests {
  @Test(arguments: operatorsCases) func operators(_ question: Lowered) throws {
    #expect(try question.text() == question.expected)
  }

  private static let operatorsCases: [Lowered] = [
    Lowered(
      "and",
      """
      int f(int a, int b) { return a && next(b); }
      """,
      expecting: """
        function f(a, b)
          b0:
            branch a, b1, b4
          b1:
            %0 = call next(b)
            branch %0, b2, b4
          b2:
            %1 = 1
            jump b3
          b3:
            return %1
          b4:
            %1 = 0
            jump b3
        """),
    Lowered(
      "or",
      """
      int f(int a, int b) { return a || next(b); }
      """,
      expecting: """
        function f(a, b)
          b0:
            branch a, b1, b3
          b1:
            %1 = 1
            jump b2
          b2:
            return %1
          b3:
            %0 = call next(b)
            branch %0, b1, b4
          b4:
            %1 = 0
            jump b2
        """),
    Lowered(
      "and with or",
      """
      int f(int a, int b, int c) { return (a && b) || !next(c); }
      """,
      expecting: """
        function f(a, b, c)
          b0:
            branch a, b1, b4
          b1:
            branch b, b2, b4
          b2:
            %1 = 1
            jump b3
          b3:
            return %1
          b4:
            %0 = call next(c)
            branch %0, b5, b2
          b5:
            %1 = 0
            jump b3
        """),
    Lowered(
      "and as a condition",
      """
      void f(int *p) { if (p && *p > 0) next(*p); }
      """,
      expecting: """
        function f(p)
          b0:
            branch p, b1, b3
          b1:
            %0 = load *p
            %1 = greater %0, 0
            branch %1, b2, b3
          b2:
            %2 = load *p
            call next(%2)
            jump b3
          b3:
            return
        """),
    Lowered(
      "conditional",
      """
      int f(int a) { return a ? test() : next(a); }
      """,
      expecting: """
        function f(a)
          b0:
            branch a, b1, b3
          b1:
            %1 = call test()
            %0 = %1
            jump b2
          b2:
            return %0
          b3:
            %2 = call next(a)
            %0 = %2
            jump b2
        """),
    Lowered(
      "conditional for its effects",
      """
      void f(int a) { a ? first() : second(); }
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
      "conditional without its middle",
      """
      int f(void) { return test() ?: -1; }
      """,
      expecting: """
        function f()
          b0:
            %0 = call test()
            branch %0, b1, b3
          b1:
            %1 = %0
            jump b2
          b2:
            return %1
          b3:
            %1 = -1
            jump b2
        """),
    Lowered(
      "address through a conditional",
      """
      int *f(int a, int *p, int *q) { return &*(a ? p : q); }
      """,
      expecting: """
        function f(a, p, q)
          b0:
            branch a, b1, b3
          b1:
            %0 = p
            jump b2
          b2:
            return %0
          b3:
            %0 = q
            jump b2
        """),
    Lowered(
      "comma",
      """
      int f(int a) { return (next(a), a = test(), a + 1); }
      """,
      expecting: """
        function f(a)
          b0:
            call next(a)
            %0 = call test()
            store a = %0
            %1 = add a, 1
            return %1
        """),
    Lowered(
      "assignment is a value",
      """
      int f(int a) { int b; return (b = a) * 2; }
      """,
      expecting: """
        function f(a)
          b0:
            store b = a
            %0 = multiply a, 2
            return %0
        """),
    Lowered(
      "assignment in a row",
      """
      void f(int a) { int b; global = b = a; next(b); }
      """,
      expecting: """
        function f(a)
          b0:
            store b = a
            store @global = a
            call next(b)
            return
        """),
    Lowered(
      "compound assignments",
      """
      void f(int a, struct outer *o) { global += a; table[a] <<= 2; o->in.a |= 4; }
      """,
      expecting: """
        function f(a, o)
          b0:
            modify @global add a
            modify @table[a] shiftLeft 2
            modify o->in.a or 4
            return
        """),
    Lowered(
      "increment before",
      """
      int f(void) { return ++global; }
      """,
      expecting: """
        function f()
          b0:
            %0 = modify @global add 1
            return %0
        """),
    Lowered(
      "increment after",
      """
      int f(void) { return global++; }
      """,
      expecting: """
        function f()
          b0:
            %0 = modify @global add 1 yielding old
            return %0
        """),
    Lowered(
      "increment of a pointer",
      """
      char *f(char *p) { *p++ = 1; *++p = 2; return p; }
      """,
      expecting: """
        function f(p)
          b0:
            %0 = modify p add 1 yielding old
            store *%0 = 1
            %1 = modify p add 1
            store *%1 = 2
            return p
        """),
    Lowered(
      "casts",
      """
      int *f(void *p, int a) { (void)next((unsigned char)a); return (int *)p; }
      """,
      expecting: """
        function f(p, a)
          b0:
            call next(a)
            return p
        """),
    Lowered(
      "size is not read",
      """
      unsigned long f(void) { return sizeof(global) + sizeof table[test()]; }
      """,
      expecting: """
        function f()
          b0:
            %0 = add 4, 4
            return %0
        """),
    Lowered(
      "addresses",
      """
      int *f(struct outer *o, int i) { next(*&global); return i ? &table[i] :
          &o->link->b[1]; }
      """,
      expecting: """
        function f(o, i)
          b0:
            %0 = load @global
            call next(%0)
            branch i, b1, b3
          b1:
            %1 = &@table[i]
            jump b2
          b2:
            return %1
          b3:
            %1 = &o->link->b[1]
            jump b2
        """),
    Lowered(
      "dereferences",
      """
      int f(int **p, int *q) { *q = 1; return **p; }
      """,
      expecting: """
        function f(p, q)
          b0:
            store *q = 1
            %0 = load *(*p)
            return %0
        """),
    Lowered(
      "element reversed",
      """
      int f(int i, int *p) { return i[table] + 2[p]; }
      """,
      expecting: """
        function f(i, p)
          b0:
            %0 = load @table[i]
            %1 = load p[2]
            %2 = add %0, %1
            return %2
        """),
    Lowered(
      "pointer arithmetic",
      """
      int f(int *p, int n) { return *(p + n) + p[-1]; }
      """,
      expecting: """
        function f(p, n)
          b0:
            %0 = load p[n]
            %1 = load p[-1]
            %2 = add %0, %1
            return %2
        """),
    Lowered(
      "element of an element",
      """
      int f(int m[4][4], int i, int j) { return m[i][j]; }
      """,
      expecting: """
        function f(m, i, j)
          b0:
            %0 = load m[i][j]
            return %0
        """),
  ]
}

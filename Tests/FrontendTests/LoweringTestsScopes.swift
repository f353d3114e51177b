import Testing

@testable import Frontend

// The lowering of C++: the C and the text of its function side by side.
extension LoweringTests {
  @Test(arguments: scopesCases) func scopes(_ question: Lowered) throws {
    #expect(try question.text() == question.expected)
  }

  private static let scopesCases: [Lowered] = [
    Lowered(
      "destructor at the end of a block", cxx: true,
      """
      void f() { { Guard g(mutex); guarded++; } first(); }
      """,
      expecting: """
        function f()
          b0:
            call Guard::Guard(&g, &@mutex)
            modify @guarded add 1
            call Guard::~Guard(&g)
            call first()
            return
        """),
    Lowered(
      "destructor at an early return", cxx: true,
      """
      int f(int a) { Guard g(mutex); if (a) return guarded; guarded = a; return 0; }
      """,
      expecting: """
        function f(a)
          b0:
            call Guard::Guard(&g, &@mutex)
            branch a, b1, b2
          b1:
            %0 = load @guarded
            call Guard::~Guard(&g)
            return %0
          b2:
            store @guarded = a
            call Guard::~Guard(&g)
            return 0
        """),
    Lowered(
      "destructors at break and continue", cxx: true,
      """
      void f() { while (test()) { Guard g(mutex); if (guarded) break; if (test())
          continue; first(); } second(); }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1:
            %0 = call test()
            branch %0, b2, b4
          b2:
            call Guard::Guard(&g, &@mutex)
            %1 = load @guarded
            branch %1, b3, b5
          b3:
            call Guard::~Guard(&g)
            jump b4
          b4:
            call second()
            return
          b5:
            %2 = call test()
            branch %2, b6, b7
          b6:
            call Guard::~Guard(&g)
            jump b1
          b7:
            call first()
            call Guard::~Guard(&g)
            jump b1
        """),
    Lowered(
      "destructors in reverse order", cxx: true,
      """
      void f() { Guard one(mutex); Guard two(mutex); first(); }
      """,
      expecting: """
        function f()
          b0:
            call Guard::Guard(&one, &@mutex)
            call Guard::Guard(&two, &@mutex)
            call first()
            call Guard::~Guard(&two)
            call Guard::~Guard(&one)
            return
        """),
    Lowered(
      "destructor at a goto out", cxx: true,
      """
      void f(int a) { { Guard g(mutex); if (a) goto out; first(); } out: second(); }
      """,
      expecting: """
        function f(a)
          b0:
            call Guard::Guard(&g, &@mutex)
            branch a, b1, b4
          b1:
            jump b2
          b2:
            call Guard::~Guard(&g)
            jump b3
          b3:
            call second()
            return
          b4:
            call first()
            call Guard::~Guard(&g)
            jump b3
        """),
    Lowered(
      "destructor at a goto back", cxx: true,
      """
      void f() { again: Guard g(mutex); if (test()) goto again; }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1:
            call Guard::Guard(&g, &@mutex)
            %0 = call test()
            branch %0, b2, b4
          b2:
            jump b3
          b3:
            call Guard::~Guard(&g)
            jump b1
          b4:
            call Guard::~Guard(&g)
            return
        """),
    Lowered(
      "destructor at throw", cxx: true,
      """
      void f(int a) { Guard g(mutex); if (a) throw 1; first(); }
      """,
      expecting: """
        function f(a)
          b0:
            call Guard::Guard(&g, &@mutex)
            branch a, b1, b2
          b1:
            call Guard::~Guard(&g)
            throw
          b2:
            call first()
            call Guard::~Guard(&g)
            return
        """),
    Lowered(
      "destructor of a temporary", cxx: true,
      """
      void f() { Guard{mutex}; guarded++; }
      """,
      expecting: """
        function f()
          b0:
            call Guard::Guard(&$0, &@mutex)
            call Guard::~Guard(&$0)
            modify @guarded add 1
            return
        """),
    Lowered(
      "destructor of a temporary in a condition", cxx: true,
      """
      void f() { if (Guard(mutex).value()) first(); second(); }
      """,
      expecting: """
        function f()
          b0:
            call Guard::Guard(&$0, &@mutex)
            %0 = call Guard::value(&$0)
            call Guard::~Guard(&$0)
            branch %0, b1, b2
          b1:
            call first()
            jump b2
          b2:
            call second()
            return
        """),
    Lowered(
      "destructor of a temporary bound to a reference", cxx: true,
      """
      void f() { const Guard &g = Guard(mutex); first(); }
      """,
      expecting: """
        function f()
          b0:
            call Guard::Guard(&$1, &@mutex)
            store g = &$1
            call first()
            call Guard::~Guard(&$1)
            return
        """),
    Lowered(
      "object that is returned", cxx: true,
      """
      Guard f() { return Guard(mutex); }
      """,
      expecting: """
        function f()
          b0:
            call Guard::Guard(&$0, &@mutex)
            return $0
        """),
    Lowered(
      "destructor in a switch", cxx: true,
      """
      void f(int a) { switch (a) { case 1: { Guard g(mutex); break; } default: first(); }
          }
      """,
      expecting: """
        function f(a)
          b0:
            switch a [1: b1], b3
          b1:
            call Guard::Guard(&g, &@mutex)
            call Guard::~Guard(&g)
            jump b2
          b2:
            return
          b3:
            call first()
            jump b2
        """),
    Lowered(
      "if with a declaration", cxx: true,
      """
      int f() { if (Guard g(mutex); guarded) return 1; return 0; }
      """,
      expecting: """
        function f()
          b0:
            call Guard::Guard(&g, &@mutex)
            %0 = load @guarded
            branch %0, b1, b2
          b1:
            call Guard::~Guard(&g)
            return 1
          b2:
            call Guard::~Guard(&g)
            return 0
        """),
    Lowered(
      "while with a declaration", cxx: true,
      """
      struct P { P(int); ~P(); operator bool(); };
      void f() { while (P p = P(test())) first(); second(); }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1:
            %0 = call test()
            call P::P(&p, %0)
            %1 = call P::operator bool(&p)
            branch %1, b2, b3
          b2:
            call first()
            call P::~P(&p)
            jump b1
          b3:
            call P::~P(&p)
            jump b4
          b4:
            call second()
            return
        """),
    Lowered(
      "range for destroys its element", cxx: true,
      """
      struct E { ~E(); };
      void f(E (&list)[2]) { for (E e : list) { if (test()) break; first(); } }
      """,
      expecting: """
        function f(list)
          b0:
            jump b1
          b1:
            %0 = opaque range-for (&*list)
            branch %0, b2, b4
          b2:
            %1 = opaque range-for element (&*list)
            store e = %1
            %2 = call test()
            branch %2, b3, b5
          b3:
            call E::~E(&e)
            jump b4
          b4:
            return
          b5:
            call first()
            call E::~E(&e)
            jump b1
        """),
    Lowered(
      "range for by reference", cxx: true,
      """
      void f(int (&list)[3]) { for (auto &v : list) v = 0; }
      """,
      expecting: """
        function f(list)
          b0:
            jump b1
          b1:
            %0 = opaque range-for (&*list)
            branch %0, b2, b3
          b2:
            %1 = opaque range-for element (&*list)
            store v = %1
            store *v = 0
            jump b1
          b3:
            return
        """),
    Lowered(
      "try and catch", cxx: true,
      """
      int f(int a) { try { if (a) throw 1; first(); } catch (int code) { return code; }
          catch (...) { return -1; } return 0; }
      """,
      expecting: """
        function f(a)
          b0:
            jump b1
          b1: handler b3
            branch a, b2, b7
          b2: handler b3
            throw
          b3:
            %0 = opaque catch ()
            branch %0, b4, b5
          b4:
            return code
          b5:
            jump b6
          b6:
            return -1
          b7: handler b3
            call first()
            jump b8
          b8:
            return 0
        """),
    Lowered(
      "throw within try destroys", cxx: true,
      """
      void f() { try { Guard g(mutex); throw 1; } catch (...) { first(); throw; } }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1: handler b2
            call Guard::Guard(&g, &@mutex)
            call Guard::~Guard(&g)
            throw
          b2:
            jump b3
          b3:
            call first()
            throw
        """),
  ]
}

import Testing

@testable import Frontend

// The lowering of initialisers, storage and atomics: the C and the text of its function side by side.
extension LoweringTests {
  @Test(arguments: dataCases) func data(_ question: Lowered) throws {
    #expect(try question.text() == question.expected)
  }

  private static let dataCases: [Lowered] = [
    Lowered(
      "designated",
      """
      struct pair { int a, b; };
      int f(int v) { struct pair p = {.b = v}; return p.a + p.b; }
      """,
      expecting: """
        function f(v)
          b0:
            store p = 0
            store p.b = v
            %0 = load p.a
            %1 = load p.b
            %2 = add %0, %1
            return %2
        """),
    Lowered(
      "local array",
      """
      int f(int v) { int list[3] = {v, next(v)}; return list[0]; }
      """,
      expecting: """
        function f(v)
          b0:
            store list = 0
            store list[0] = v
            %0 = call next(v)
            store list[1] = %0
            %1 = load list[0]
            return %1
        """),
    Lowered(
      "array designators",
      """
      int f(int v) { int list[8] = {[2] = v, 3, [6] = next(v)}; return list[3]; }
      """,
      expecting: """
        function f(v)
          b0:
            store list = 0
            store list[2] = v
            store list[3] = 3
            %0 = call next(v)
            store list[6] = %0
            %1 = load list[3]
            return %1
        """),
    Lowered(
      "nested and elided braces",
      """
      struct pair { int a, b; };
      struct nest { struct pair one; struct pair list[2]; };
      void take(struct nest *);
      void f(int v) { struct nest n = {1, v, {{3, 4}, 5, 6}}; take(&n); }
      """,
      expecting: """
        function f(v)
          b0:
            store n.one.a = 1
            store n.one.b = v
            store n.list[0].a = 3
            store n.list[0].b = 4
            store n.list[1].a = 5
            store n.list[1].b = 6
            call take(&n)
            return
        """),
    Lowered(
      "nested designators",
      """
      struct pair { int a, b; };
      struct nest { struct pair one; struct pair list[2]; };
      void take(struct nest *);
      void f(int v) { struct nest n = {.one.b = v, .list[1].a = 5}; take(&n); }
      """,
      expecting: """
        function f(v)
          b0:
            store n.one.b = v
            store n.list[1].a = 5
            call take(&n)
            return
        """),
    Lowered(
      "anonymous members",
      """
      struct s { int n; union { int a; float b; }; struct { int c; }; };
      int f(int v) { struct s x = {.a = v, .c = 2}; struct s y = {1, {v}, {3}}; return
          x.a + y.c; }
      """,
      expecting: """
        function f(v)
          b0:
            store x = 0
            store x.a = v
            store x.c = 2
            store y.n = 1
            store y.a = v
            store y.c = 3
            %0 = load x.a
            %1 = load y.c
            %2 = add %0, %1
            return %2
        """),
    Lowered(
      "unnamed struct with a name",
      """
      int f(int v) { struct { int q; struct { int z; } in; } x = {v, {2}}; return x.in.z;
          }
      """,
      expecting: """
        function f(v)
          b0:
            store x.q = v
            store x.in.z = 2
            %0 = load x.in.z
            return %0
        """),
    Lowered(
      "scalar in braces",
      """
      int f(int v) { int a = {v}; return a; }
      """,
      expecting: """
        function f(v)
          b0:
            store a = v
            return a
        """),
    Lowered(
      "compound literal",
      """
      struct pair { int a, b; };
      int f(int v) { struct pair *p = &(struct pair){v, 2}; return p->a; }
      """,
      expecting: """
        function f(v)
          b0:
            store $2.a = v
            store $2.b = 2
            store p = &$2
            %0 = load p->a
            return %0
        """),
    Lowered(
      "compound literal as an argument",
      """
      struct pair { int a, b; };
      int f(int (*g)(struct pair), int v) { return g((struct pair){.a = v}); }
      """,
      expecting: """
        function f(g, v)
          b0:
            store $2 = 0
            store $2.a = v
            %0 = call *g($2)
            return %0
        """),
    Lowered(
      "compound literal assigned",
      """
      struct pair { int a, b; };
      void f(struct pair *p, int v) { *p = (struct pair){v, 2}; }
      """,
      expecting: """
        function f(p, v)
          b0:
            store $2.a = v
            store $2.b = 2
            store *p = $2
            return
        """),
    Lowered(
      "string array",
      """
      char f(int i) { char text[] = "local"; return text[i]; }
      """,
      expecting: """
        function f(i)
          b0:
            store text = "local"
            %0 = load text[i]
            return %0
        """),
    Lowered(
      "variable-length array",
      """
      int f(int n) { int list[next(n)]; list[0] = n; return list[0]; }
      """,
      expecting: """
        function f(n)
          b0:
            call next(n)
            store list[0] = n
            %0 = load list[0]
            return %0
        """),
    Lowered(
      "static in a function",
      """
      int f(void) { static int calls = 0; return ++calls; }
      """,
      expecting: """
        function f()
          b0:
            %0 = modify @calls add 1
            return %0
        """),
    Lowered(
      "extern in a function",
      """
      int f(void) { extern int elsewhere; return elsewhere; }
      """,
      expecting: """
        function f()
          b0:
            %0 = load @elsewhere
            return %0
        """),
    Lowered(
      "union",
      """
      union either { int n; void *p; };
      int f(union either *e) { e->p = 0; return e->n; }
      """,
      expecting: """
        function f(e)
          b0:
            store e->p = 0
            %0 = load e->n
            return %0
        """),
    Lowered(
      "enumerators",
      """
      enum colour { RED, GREEN = 5, BLUE };
      int f(enum colour c) { return c == GREEN ? BLUE : RED; }
      """,
      expecting: """
        function f(c)
          b0:
            %0 = equal c, 5
            branch %0, b1, b3
          b1:
            %1 = 6
            jump b2
          b2:
            return %1
          b3:
            %1 = 0
            jump b2
        """),
    Lowered(
      "atomic object",
      """
      _Atomic int n;
      int f(void) { n = 1; n += 2; return n++ + n; }
      """,
      expecting: """
        function f()
          b0:
            atomic store @n (1) by _Atomic
            atomic modify @n (2) by _Atomic
            %0 = atomic modify @n (1) by _Atomic
            %1 = atomic load @n by _Atomic
            %2 = add %0, %1
            return %2
        """),
    Lowered(
      "atomic local is made",
      """
      int f(int v) { _Atomic int n = v; return n; }
      """,
      expecting: """
        function f(v)
          b0:
            store n = v
            return n
        """),
    Lowered(
      "atomic field",
      """
      struct node { _Atomic int refs; };
      void f(struct node *n) { n->refs--; }
      """,
      expecting: """
        function f(n)
          b0:
            atomic modify n->refs (1) by _Atomic
            return
        """),
    Lowered(
      "C11 functions",
      """
      #include <stdatomic.h>
      _Atomic int n;
      int f(int v) { atomic_store(&n, v); atomic_fetch_add_explicit(&n, 1,
          memory_order_relaxed); return atomic_exchange(&n, v) + atomic_load(&n); }
      """,
      expecting: """
        function f(v)
          b0:
            atomic store @n (5, v) by __c11_atomic_store
            %0 = atomic modify @n (0, 1) by __c11_atomic_fetch_add
            %1 = atomic exchange @n (5, v) by __c11_atomic_exchange
            %2 = atomic load @n (5) by __c11_atomic_load
            %3 = add %1, %2
            return %3
        """),
    Lowered(
      "C11 comparison",
      """
      #include <stdatomic.h>
      _Atomic int n;
      int f(int v) { int old = 0; while (!atomic_compare_exchange_weak(&n, &old, v)) {}
          return old; }
      """,
      expecting: """
        function f(v)
          b0:
            store old = 0
            jump b1
          b1:
            %0 = atomic compareExchange @n (5, &old, 5, v) by __c11_atomic_compare_exchange_weak
            branch %0, b2, b3
          b2:
            return old
          b3:
            jump b1
        """),
    Lowered(
      "C11 flag",
      """
      #include <stdatomic.h>
      atomic_flag busy;
      void f(void) { while (atomic_flag_test_and_set(&busy)) {} atomic_flag_clear(&busy);
          }
      """,
      expecting: """
        function f()
          b0:
            jump b1
          b1:
            %0 = atomic exchange @busy._Value (5, 1) by __c11_atomic_exchange
            branch %0, b2, b3
          b2:
            jump b1
          b3:
            atomic store @busy._Value (5, 0) by __c11_atomic_store
            return
        """),
    Lowered(
      "GNU's builtins",
      """
      int n;
      int f(int *p) { __atomic_store_n(&n, 1, 3); __atomic_add_fetch(p, 1, 5); return
          __atomic_load_n(&n, 2); }
      """,
      expecting: """
        function f(p)
          b0:
            atomic store @n (3, 1) by __atomic_store_n
            %0 = atomic modify *p (5, 1) by __atomic_add_fetch
            %1 = atomic load @n (2) by __atomic_load_n
            return %1
        """),
    Lowered(
      "GNU builtins with memory",
      """
      int n;
      void f(int *out, int *in) { __atomic_load(&n, out, 0); __atomic_store(&n, in, 0); }
      """,
      expecting: """
        function f(out, in)
          b0:
            atomic load @n (0, out) by __atomic_load
            atomic store @n (0, in) by __atomic_store
            return
        """),
    Lowered(
      "old builtins",
      """
      int n;
      int f(int old, int v) { __sync_fetch_and_add(&n, 1); __sync_lock_release(&n);
          __sync_synchronize(); return __sync_bool_compare_and_swap(&n, old, v); }
      """,
      expecting: """
        function f(old, v)
          b0:
            %0 = atomic modify @n (1) by __sync_fetch_and_add_4
            atomic store @n by __sync_lock_release_4
            call __sync_synchronize()
            %1 = atomic compareExchange @n (old, v) by __sync_bool_compare_and_swap_4
            return %1
        """),
  ]
}

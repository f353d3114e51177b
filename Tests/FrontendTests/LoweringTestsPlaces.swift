import Testing

@testable import Frontend

// The lowering of expressions: the C and the text of its function side by side.
extension LoweringTests {
  @Test(arguments: placesCases) func places(_ question: Lowered) throws {
    #expect(try question.text() == question.expected)
  }

  private static let placesCases: [Lowered] = [
    Lowered(
      "pointer to an array",
      """
      int f(int (*row)[4], int i) { return (*row)[i]; }
      """,
      expecting: """
        function f(row, i)
          b0:
            %0 = load row[i]
            return %0
        """),
    Lowered(
      "array of structs",
      """
      struct inner list[4];
      void f(int i) { list[i].b[2] = list[i + 1].a; }
      """,
      expecting: """
        function f(i)
          b0:
            %0 = add i, 1
            %1 = load @list[%0].a
            store @list[i].b[2] = %1
            return
        """),
    Lowered(
      "field of a result",
      """
      int f(struct outer *(*find)(void)) { return find()->in.a; }
      """,
      expecting: """
        function f(find)
          b0:
            %0 = call *find()
            %1 = load %0->in.a
            return %1
        """),
    Lowered(
      "field of a returned struct",
      """
      struct inner make(void);
      int f(void) { return make().b[1]; }
      """,
      expecting: """
        function f()
          b0:
            %0 = call make()
            %1 = load %0->b[1]
            return %1
        """),
    Lowered(
      "copy of a struct",
      """
      void f(struct outer *to, const struct outer *from) { *to = *from; }
      """,
      expecting: """
        function f(to, from)
          b0:
            %0 = load *from
            store *to = %0
            return
        """),
    Lowered(
      "call of a pointer",
      """
      int f(int (*g)(int), int a) { return g(a) + (*g)(a); }
      """,
      expecting: """
        function f(g, a)
          b0:
            %0 = call *g(a)
            %1 = call *g(a)
            %2 = add %0, %1
            return %2
        """),
    Lowered(
      "call of a field",
      """
      struct ops { int (*run)(void *); };
      struct thing { struct ops *ops; };
      int f(struct thing *self) { return self->ops->run(self); }
      """,
      expecting: """
        function f(self)
          b0:
            %0 = load self->ops->run
            %1 = call *%0(self)
            return %1
        """),
    Lowered(
      "call from a table",
      """
      int f(int i, int a) { static int (*const to[])(int) = {next, next}; return
          to[i](a); }
      """,
      expecting: """
        function f(i, a)
          b0:
            %0 = load @to[i]
            %1 = call *%0(a)
            return %1
        """),
    Lowered(
      "nested calls",
      """
      int f(int a) { return next(next(test()) + a); }
      """,
      expecting: """
        function f(a)
          b0:
            %0 = call test()
            %1 = call next(%0)
            %2 = add %1, a
            %3 = call next(%2)
            return %3
        """),
    Lowered(
      "function as a value",
      """
      int (*f(void))(int) { return &next; }
      """,
      expecting: """
        function f()
          b0:
            return @next
        """),
    Lowered(
      "generic selection",
      """
      int f(int a) { return _Generic(a, int: next(a), default: 0); }
      """,
      expecting: """
        function f(a)
          b0:
            %0 = call next(a)
            return %0
        """),
    Lowered(
      "offset of a field",
      """
      unsigned long f(void) { return __builtin_offsetof(struct outer, in.b[2]); }
      """,
      expecting: """
        function f()
          b0:
            return 2
        """),
    Lowered(
      "statement expression",
      """
      int f(int a) { return ({ int b = next(a); b + 1; }); }
      """,
      expecting: """
        function f(a)
          b0:
            %0 = call next(a)
            store b = %0
            %1 = add b, 1
            %2 = %1
            return %2
        """),
    Lowered(
      "return out of a statement expression",
      """
      int f(int a) { int b = ({ if (a < 0) return -1; next(a); }); return b; }
      """,
      expecting: """
        function f(a)
          b0:
            %0 = less a, 0
            branch %0, b1, b2
          b1:
            return -1
          b2:
            %1 = call next(a)
            %2 = %1
            store b = %2
            return b
        """),
    Lowered(
      "variable arguments",
      """
      int f(int n, ...) { __builtin_va_list l; __builtin_va_start(l, n); int a =
          __builtin_va_arg(l, int); __builtin_va_end(l); return a; }
      """,
      expecting: """
        function f(n, ...)
          b0:
            call __builtin_va_start(&l, n)
            %0 = opaque va_arg (&l)
            store a = %0
            call __builtin_va_end(&l)
            return a
        """),
    Lowered(
      "function without a prototype",
      """
      int f(a, p) int a; char *p; { return a + *p; }
      """,
      expecting: """
        function f(a, p)
          b0:
            %0 = load *p
            %1 = add a, %0
            return %1
        """),
    Lowered(
      "volatile",
      """
      volatile int shown;
      int f(void) { shown = 1; return shown; }
      """,
      expecting: """
        function f()
          b0:
            store @shown = 1
            %0 = load @shown
            return %0
        """),
    Lowered(
      "bit-fields",
      """
      struct flags { unsigned ready : 1; unsigned kind : 3; };
      unsigned f(struct flags *s) { s->ready = 1; return s->kind; }
      """,
      expecting: """
        function f(s)
          b0:
            store s->ready = 1
            %0 = load s->kind
            return %0
        """),
    Lowered(
      "strings",
      """
      const char *f(void) { return "one" " two"; }
      """,
      expecting: """
        function f()
          b0:
            return "one two"
        """),
    Lowered(
      "assembly",
      """
      int f(int a, int *p) { int b; __asm__ volatile("" : "=r"(b), "+m"(*p) : "r"(a) :
          "memory"); return b; }
      """,
      expecting: """
        function f(a, p)
          b0:
            opaque asm (&b, &*p, &a)
            return b
        """),
    Lowered(
      "flexible array",
      """
      struct grows { int n; int items[]; };
      int f(struct grows *g, int i) { return g->items[i]; }
      """,
      expecting: """
        function f(g, i)
          b0:
            %0 = load g->items[i]
            return %0
        """),
  ]
}

import ModelBuilder
import ProgramModel
import Testing

@testable import Analysis

/// What is touched through pointers: aliases, arguments, results, fields.
@Suite struct StateAliasTests {
  @Test func writesThroughLocalPointers() throws {
    let source = try StateSource(
      """
      struct pair { int x, y; };
      static struct pair global, second, untouched; static int table[8];
      void f(int c) {
        struct pair *p = &global;
        p->x = 1;
        struct pair *q = p;
        q->y = 2;
        struct pair *either = c ? &global : &second;
        either->y = 3;
        int *end = table + 3;
        *end = 4;
        struct pair copy = untouched;
        struct pair *own = &copy;
        own->x = 5;
      }
      """)
    #expect(
      source.writes("global")
        == ["write global.x in f", "write global.y in f", "write global.y in f"])
    #expect(source.writes("second") == ["write second.y in f"])
    #expect(source.writes("table").count == 1)
    #expect(source.accesses("untouched") == ["read untouched in f"])
  }

  @Test func writesThroughArgumentsOverSeveralFunctions() throws {
    let source = try StateSource(
      """
      struct pair { int x, y; };
      static struct pair one, two, three;
      static int read_only(const struct pair *p) { return p->x; }
      static void set1(struct pair *p) { p->x = 1; }
      static void set2(int n, struct pair *p) { set1(p); }
      static void set3(struct pair *p) { set2(0, p); }
      static void setx(int *x) { *x += 1; }
      void f(void) {
        set1(&one);
        set2(1, &two);
        set3(&three);
        setx(&one.y);
        read_only(&two);
      }
      """)
    #expect(
      source.accesses("one") == ["write one.x in f by set1", "modify one.y in f by setx"])
    #expect(
      source.accesses("two") == ["write two.x in f by set1", "read two.x in f by read_only"])
    #expect(source.accesses("three") == ["write three.x in f by set1"])
    // The place is where the state is handed over, the end where it is written.
    let access = try #require(try source.report("three").accesses.first)
    #expect(access.site.function == (try source.function("f")))
    #expect(access.end.function == (try source.function("set1")))
  }

  @Test func writesThroughArgumentsInAnotherFile() throws {
    let source = try StateSource(files: [
      ("a.h", "struct pair { int x, y; };\nvoid set(struct pair *);\nvoid outer(struct pair *);\n"),
      ("a.c", "#include \"a.h\"\nstatic struct pair state;\nvoid f(void) { outer(&state); }\n"),
      ("b.c", "#include \"a.h\"\nvoid outer(struct pair *p) { set(p); }\n"),
      ("c.c", "#include \"a.h\"\nvoid set(struct pair *p) { p->y = 7; }\n"),
    ])
    #expect(source.accesses("state") == ["write state.y in f by set"])
    #expect(source.words("state") == ["hazardous"])
  }

  @Test func lockOfTheHelperAndLockOfTheCaller() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      struct pair { int x; PyMutex mu; };
      static struct pair inside, outside, partly; static PyMutex lock;
      static void plain(struct pair *p) { p->x++; }
      static void locking(struct pair *p) { PyMutex_Lock(&p->mu); p->x++; PyMutex_Unlock(&p->mu); }
      void f(struct pair *other) {
        locking(&inside);
        PyMutex_Lock(&lock);
        plain(&outside);
        plain(&partly);
        PyMutex_Unlock(&lock);
        plain(&partly);
        plain(other);
        locking(other);
      }
      """)
    #expect(source.accesses("inside") == ["modify inside.x in f by locking holding inside.mu"])
    // The same helper called with another object and no lock does not count.
    #expect(source.accesses("outside") == ["modify outside.x in f by plain holding lock"])
    #expect(
      source.accesses("partly")
        == [
          "modify partly.x in f by plain holding lock", "modify partly.x in f by plain",
        ])
    #expect(source.words("inside", "outside", "partly") == ["guarded", "guarded", "hazardous"])
    let lock = try #require(try source.report("partly").hazard?.lock)
    #expect(source.analyses.locks.text(lock.key, in: nil) == "lock")
  }

  @Test func functionsThroughPointersAreFollowed() throws {
    let source = try StateSource(
      """
      struct pair { int x; }; struct ops { void (*set)(struct pair *); };
      static struct pair by_table, by_argument;
      static void set(struct pair *p) { p->x = 1; }
      static const struct ops ops = {set};
      static void apply(void (*f)(struct pair *), struct pair *p) { f(p); }
      void f(void) { ops.set(&by_table); apply(set, &by_argument); }
      """)
    #expect(source.accesses("by_table") == ["write by_table.x in f by set"])
    #expect(source.accesses("by_argument") == ["write by_argument.x in f by set"])
  }

  @Test func globalLockInsideTheHelper() throws {
    let source = try StateSource(
      """
      #include <Python.h>
      static PyMutex mu; static int counted, mixed;
      static void count(int *n) { PyMutex_Lock(&mu); ++*n; PyMutex_Unlock(&mu); }
      void f(void) { count(&counted); count(&mixed); }
      void g(void) { count(&counted); mixed = 0; }
      """)
    #expect(source.accesses("counted").allSatisfy { $0.hasSuffix("by count holding mu") })
    #expect(source.words("counted", "mixed") == ["guarded", "hazardous"])
  }

  @Test func addressThatIsReturned() throws {
    let source = try StateSource(
      """
      struct pair { int x, y; };
      static struct pair state, chosen; static int table[4]; static int *held = table;
      static struct pair *get(void) { return &state; }
      static struct pair *same(struct pair *p) { return p; }
      static int *element(int i) { return &table[i]; }
      static int *inner(struct pair *p) { return &p->y; }
      static int *current(void) { return held; }
      void f(void) {
        get()->x = 1;
        struct pair *p = get();
        p->y = 2;
        same(&chosen)->x = 3;
        *element(2) = 4;
        *inner(&chosen) = 5;
        *current() = 6;
      }
      """)
    #expect(source.writes("state") == ["write state.x in f", "write state.y in f"])
    #expect(source.writes("chosen") == ["write chosen.x in f", "write chosen.y in f"])
    #expect(source.writes("table") == ["write table[] in f"])
    #expect(source.writes("held") == ["write held* in f"])
  }

  @Test func fieldThatHoldsOneStaticIsThatStatic() throws {
    let source = try StateSource(
      """
      struct ops { int calls; }; struct obj { struct ops *ops; struct ops *mixed; int *row; };
      static struct ops only, some, others; static int rows[4];
      void make(struct obj *o, struct ops *given, int c) {
        o->ops = &only;
        o->row = rows;
        o->mixed = c ? &some : given;
      }
      void use(struct obj *o) { o->ops->calls++; o->mixed->calls++; *o->row = 1; }
      void drop(struct obj *o) { o->ops = 0; }
      """)
    #expect(source.accesses("only").contains("modify only.calls in use"))
    #expect(source.writes("some") == [])
    #expect(source.writes("rows") == ["write rows[] in use"])
  }

  @Test func fieldOfATableHoldsWhatTheTableSays() throws {
    let source = try StateSource(
      """
      struct cell { int value; int *slot; };
      static int target, a, b;
      static struct cell cells[] = {{1, &target}};
      struct two { int *slot; };
      static struct two twos[] = {{&a}, {&b}};
      void f(int i) { *cells[i].slot = 1; *twos[i].slot = 2; }
      """)
    #expect(source.writes("target") == ["write target in f"])
    #expect(source.writes("a") == [])
  }

  @Test func fieldCopiedFromAFieldHoldsTheSame() throws {
    let source = try StateSource(
      """
      struct ops { int calls; }; struct obj { struct ops *ops; }; struct ref { struct ops *mine; };
      static struct ops only;
      void make(struct obj *o) { o->ops = &only; }
      void pass(struct ref *r, struct obj *o) { r->mine = o->ops; }
      void use(struct ref *r) { r->mine->calls = 1; }
      """)
    #expect(source.writes("only") == ["write only.calls in use"])
  }

  @Test func addressOutsideTheCodeIsNoAccess() throws {
    let source = try StateSource(
      """
      static int state; static int *where;
      void f(void) { where = &state; }
      int *g(void) { return &state; }
      """)
    #expect(source.accesses("state") == [])
    #expect(source.writes("where") == ["write where in f"])
  }

  @Test func pointersThroughHandBuiltCode() throws {
    // What a temporary of 'a ? x : y' and pointer arithmetic on the right side can be.
    let unit = UnitBuilder("a.c")
    for name in ["first", "second", "third"] { unit.defineVariable(name) }
    unit.defineFunction("f") { f in
      f.store(f.place(behind: f.join(f.address("first"), f.address("second"))), .integer(1))
      f.store(f.place(behind: f.compute(.add, .integer(4), f.address("third"))), .integer(2))
      f.store(f.place(behind: f.compute(.multiply, .integer(4), f.address("third"))), .integer(2))
    }
    let source = StateSource([unit.unit])
    #expect(source.writes("first") == ["write first in f"])
    #expect(source.writes("second") == ["write second in f"])
    #expect(source.writes("third") == ["write third in f"])
  }
}

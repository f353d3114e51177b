import ModelBuilder
import ProgramModel
import SourceModels
import Testing

@testable import Analysis

/// The same answer each time, and an end however large or entangled the code is.
@Suite struct StateScaleTests {
  private static let files: [(path: String, text: String)] = [
    (
      "a.h",
      "struct pair { int x, y; }; extern struct pair shared; void set(struct pair *); struct pair *where(void);\n"
    ),
    (
      "a.c",
      """
      #include "a.h"
      static struct pair own; static int ready, table[8]; struct pair shared;
      int f(int i) { if (!ready) { table[i] = 1; ready = 1; } set(&own); set(&shared); return table[i]; }
      """
    ),
    (
      "b.c",
      """
      #include "a.h"
      static struct pair other; static char buffer[8];
      void set(struct pair *p) { p->x++; where()->y = 1; }
      struct pair *where(void) { return &other; }
      char *g(int n) { buffer[0] = n; return buffer; }
      """
    ),
  ]

  private func summary(_ source: StateSource) -> [String] {
    source.analyses.states.reports.flatMap { report in
      let name = report.declaration.name
      return [
        "\(name) \(report.safety.word) \(report.hazard.map { "\($0.pattern)" } ?? "") \(report.proof)"
      ]
        + report.accesses.map { source.text($0, name) }
    }
  }

  @Test func twoRunsAreEqual() throws {
    let units = try SourceModels.units(Self.files)
    let first = StateSource(units).analyses.states.reports
    #expect(first.count == 6)
    for _ in 0..<3 { #expect(StateSource(units).analyses.states.reports == first) }
  }

  @Test func orderOfUnitsDoesNotMatter() throws {
    let units = try SourceModels.units(Self.files)
    let forth = summary(StateSource(units))
    #expect(forth == summary(StateSource(units.reversed())))
    #expect(forth.contains("modify own.x in f by set"))
  }

  @Test func recursionEndsAndIsRead() throws {
    let source = try StateSource(
      """
      struct pair { int x, y; };
      static struct pair one, two, three; static struct pair *at(int n);
      static void self_(struct pair *p, int n) { if (n) self_(p, n - 1); p->x = 1; }
      static void even(struct pair *p, int n);
      static void odd(struct pair *p, int n) { even(p, n - 1); p->y = 1; }
      static void even(struct pair *p, int n) { if (n) odd(p, n); else p->x = 2; }
      static struct pair *at(int n) { return n ? at(n - 1) : &three; }
      struct list { struct list *next; int n; }; static struct list *head;
      static void walk(struct list *l) { if (l) { l->n++; walk(l->next); } }
      void f(int n) { self_(&one, n); odd(&two, n); at(n)->x = 3; walk(head); }
      """)
    #expect(source.writes("one") == ["write one.x in f by self_"])
    #expect(
      Set(source.writes("two"))
        == ["write two.x in f by even", "write two.y in f by odd"])
    #expect(source.writes("three") == ["write three.x in f"])
    #expect(source.writes("head").first == "modify head->n in f by walk")
    #expect(try source.report("head").accesses.count < 40)
  }

  @Test func whatRecursiveFunctionsTouchThemselves() throws {
    let source = try StateSource(
      """
      static int alone, together; struct pair { int x; }; static struct pair handed;
      static void odd(int n);
      static void down(struct pair *p, int n) { p->x = n; if (n) down(&handed, n - 1); }
      static void even(int n) { together = n; if (n) odd(n - 1); }
      static void odd(int n) { if (n) even(n - 1); }
      static void self_(int n) { alone = n; if (n) self_(n - 1); }
      void f(int n) { self_(n); even(n); struct pair mine; down(&mine, n); }
      """)
    #expect(source.accesses("alone") == ["write alone in self_"])
    #expect(source.accesses("together") == ["write together in even"])
    #expect(source.accesses("handed") == ["write handed.x in down"])
  }

  @Test func everyFunctionOfACycleHasTheEffectsOfAll() throws {
    let source = try StateSource(
      """
      struct three { int x, y, z; }; static struct three one, two;
      static void b(struct three *p, int n); static void c(struct three *p, int n);
      static void a(struct three *p, int n) { p->x = 1; b(p, n); }
      static void b(struct three *p, int n) { p->y = 1; c(p, n); }
      static void c(struct three *p, int n) { p->z = 1; if (n) a(p, n - 1); }
      void f(int n) { a(&one, n); }
      void g(int n) { c(&two, n); }
      """)
    #expect(source.writes("one").count == 3)
    #expect(source.writes("two").count == 3)
  }

  @Test func pointersThatAreMadeOfThemselvesEnd() throws {
    let source = try StateSource(
      """
      struct node { struct node *next; int n; }; static struct node *head; static struct node ring;
      void f(void) {
        struct node *p = head, *q = &ring;
        for (int i = 0; i < 9; i++) { struct node *t = p; p = q; q = t->next; p = p->next; }
        p->n = 1;
        q->n = 2;
      }
      """)
    #expect(!source.writes("head").isEmpty)
    #expect(!source.accesses("ring").isEmpty)
  }

  @Test func functionOfManyBlocks() throws {
    let unit = UnitBuilder("a.c")
    unit.defineVariable("flag")
    for number in 0..<50 { unit.defineVariable("v\(number)") }
    unit.defineFunction("f") { f in
      for number in 0..<1_500 {
        f.when(f.compute(.equal, f.load(f.variable("flag")), .integer(0))) {
          f.store(f.variable("v\(number % 50)"), .integer(1))
        }
      }
    }
    let source = StateSource([unit.unit])
    #expect(source.package.units[0].functions[0].blocks.count > 3_000)
    #expect(try source.report("v7").accesses.count == 30)
    #expect(try source.report("flag").accesses.count == 1_500)
    // What races is found from accesses that are not alike: all of these are.
    #expect(try StateRaces.pairs(source.report("v7").accesses).count == 1)
    #expect(source.words("v7", "flag") == ["hazardous", "never-written"])
  }

  @Test func packageOfManyFunctions() throws {
    let unit = UnitBuilder("a.c")
    unit.defineVariable("last")
    unit.defineVariable("early")
    for number in 0..<2_000 { _ = unit.symbol("f\(number)", .function, .internal) }
    for number in 0..<2_000 {
      unit.defineFunction("f\(number)", parameters: 1, linkage: .internal) { f in
        if number == 0 {
          f.store(f.local(0, [.dereference]), .integer(1))
        } else {
          f.call("f\(number - 1)", .local(0))
          if number > 2 { f.call("f\(number / 2)", .local(0)) }
        }
      }
    }
    unit.defineFunction("run") { $0.call("f1999", $0.address("last")) }
    unit.defineFunction("PyInit_m") { $0.call("f3", $0.address("early")) }
    let source = StateSource([unit.unit])
    // However many ways lead there, it is one effect.
    #expect(source.accesses("last") == ["write last in run by f0"])
    #expect(source.accesses("early") == ["write early in PyInit_m by f0 early"])
  }

  @Test func manyEffectsOnOneParameterAreBounded() {
    var summary = EffectSummary()
    func effect(_ number: Int) -> ParameterEffect {
      ParameterEffect(
        kind: .write,
        path: StatePath(.parameter(0), [.dereference, .field("f\(number)")]),
        end: CodeSite(
          function: FunctionID(0), unit: 0, block: BlockID(0), instruction: number, range: .none),
        value: nil, foreign: nil, isUncertain: false, locks: [])
    }
    summary.add(effect(1))
    var again = effect(1)
    again.end.instruction = 9
    summary.add(again)
    #expect(summary.effects.count == 1)
    for number in 0..<1_000 { summary.add(effect(number)) }
    #expect(summary.effects.count == 96)
  }
}

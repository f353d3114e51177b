import Analysis
import ModelBuilder
import ProgramModel
import Testing

@Suite struct CallGraphTests {
  private func callees(of name: String, _ unit: UnitBuilder) -> [String] {
    let analyses = analyse(Linker.link(units: [unit.unit]))
    let package = analyses.package
    return package.functionIDs.first { package[$0].name == name }.map {
      analyses.graph.callees(of: $0).map { package[$0].name }
    } ?? []
  }

  @Test func tableOfFunctionsIsFollowedByItsField() {
    let a = UnitBuilder("a.c")
    a.defineFunction("run_a", linkage: .internal)
    a.defineFunction("other", linkage: .internal)
    a.defineVariable(
      "ops", record: "Ops",
      a.fields([("run", .function(a.function("run_a"))), ("stop", .function(a.function("other")))]))
    a.defineFunction("go", parameters: 1) {
      $0.call($0.load($0.local(0, [.dereference, $0.field("run", of: "Ops")])))
    }
    #expect(callees(of: "go", a) == ["run_a"])
  }

  @Test func callbackParameterIsCalledByTheCallee() {
    let a = UnitBuilder("a.c")
    a.defineFunction("visit", linkage: .internal)
    a.defineFunction("inner", parameters: 1, linkage: .internal) { $0.call(.local(0)) }
    a.defineFunction("outer", parameters: 2, linkage: .internal) { $0.call("inner", .local(1)) }
    a.defineFunction("go") { $0.call("outer", .integer(0), $0.function("visit")) }
    #expect(callees(of: "inner", a) == ["visit"])
  }

  @Test func functionChosenIntoALocalIsPassedOn() {
    let a = UnitBuilder("a.c")
    a.defineFunction("one", linkage: .internal)
    a.defineFunction("two", linkage: .internal)
    a.defineFunction("walk", parameters: 1, linkage: .internal) { $0.call(.local(0)) }
    a.defineFunction("go") {
      let visit = $0.local("visit")
      $0.store($0.local(visit), $0.function("one"))
      $0.store($0.local(visit), $0.join($0.function("two"), .integer(0)))
      $0.call("walk", .local(visit))
    }
    #expect(callees(of: "walk", a) == ["one", "two"])
  }

  @Test func functionPassedToAnUnknownCallEscapes() {
    let a = UnitBuilder("a.c")
    a.defineFunction("visit", linkage: .internal)
    a.defineFunction("forward", parameters: 2, linkage: .internal) {
      $0.call($0.load($0.local(0, [.dereference, $0.field("each", of: "API")])), .local(1))
    }
    a.defineFunction("go") { $0.call("forward", .integer(0), $0.function("visit")) }
    let analyses = analyse(Linker.link(units: [a.unit]))
    let escapes = analyses.graph.escapes.map { analyses.package[$0.function].name }
    #expect(escapes == ["visit"])
  }

  @Test func functionStoredInVariableIsCalledThroughIt() {
    let a = UnitBuilder("a.c")
    a.defineVariable("hook")
    a.defineFunction("impl", linkage: .internal)
    a.defineFunction("set") { $0.store($0.variable("hook"), $0.function("impl")) }
    a.defineFunction("go") { $0.call($0.load($0.variable("hook"))) }
    #expect(callees(of: "go", a) == ["impl"])
  }

  @Test func virtualCallReachesOverriders() {
    let a = UnitBuilder("a.cpp", isCxx: true)
    a.record("Base")
    a.record("Derived", bases: ["Base"])
    a.record("Stranger")
    for name in ["Base", "Derived", "Stranger"] {
      a.defineFunction("\(name)::run", isVirtual: true, kind: .method)
      a.defineFunction("\(name)::~\(name)", isVirtual: true, kind: .destructor)
    }
    a.defineFunction("go") {
      $0.call("Base::run")
      $0.call("Base::~Base")
    }
    #expect(callees(of: "go", a) == ["run", "run", "~Base", "~Derived"])
  }

  @Test func comparatorIsCalledBySort() {
    let a = UnitBuilder("a.c")
    a.defineFunction("compare", linkage: .internal)
    a.defineFunction("go") { $0.call("qsort", .integer(0), $0.function("compare")) }
    #expect(callees(of: "go", a) == ["qsort", "compare"])
  }
}

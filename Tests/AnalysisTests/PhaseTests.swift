import Analysis
import ModelBuilder
import ProgramModel
import Testing

@Suite struct PhaseTests {
  private func phases(_ unit: UnitBuilder) -> (String) -> PhaseSet {
    let analyses = analyse(Linker.link(units: [unit.unit]))
    return { name in
      let package = analyses.package
      return package.functionIDs.first { package[$0].name == name }
        .map { analyses.phases.phases(of: $0) } ?? []
    }
  }

  @Test func methodsRunAtRuntimeAndHooksAtInitialisation() {
    let a = UnitBuilder("a.c")
    a.defineFunction("helper", linkage: .internal)
    a.defineFunction("setup", linkage: .internal)
    a.defineFunction("meth", linkage: .internal) { $0.call("helper") }
    a.defineVariable(
      "methods", record: "PyMethodDef", isArray: true,
      a.elements([
        a.fields([("ml_name", .string(a.name("m"))), ("ml_meth", .function(a.function("meth")))])
      ]))
    a.defineFunction("PyInit_m") {
      $0.call("helper")
      $0.call("setup")
    }
    let phases = phases(a)
    #expect(phases("meth") == .runtime)
    #expect(phases("helper") == [.initialisation, .runtime])
    #expect(phases("setup") == .initialisation)
  }

  @Test func typeSlotsHaveTheirPhases() {
    let a = UnitBuilder("a.c")
    for name in ["new", "init", "dealloc", "traverse", "add"] {
      a.defineFunction(name, linkage: .internal)
    }
    a.defineVariable(
      "T", record: "_typeobject",
      a.fields([
        ("tp_new", .function(a.function("new"))), ("tp_init", .function(a.function("init"))),
      ]))
    // Numbers of 3.14: 52 is tp_dealloc, 71 tp_traverse, 7 nb_add.
    let slots: [(Int64, String)] = [(52, "dealloc"), (71, "traverse"), (7, "add")]
    a.defineVariable(
      "slots", record: "PyType_Slot", isArray: true,
      a.elements(
        slots.map {
          a.fields([("slot", a.integer($0)), ("pfunc", .function(a.function($1)))])
        }))
    let phases = phases(a)
    #expect(phases("new") == .creation)
    #expect(phases("init") == .runtime)
    #expect(phases("dealloc") == .destruction)
    #expect(phases("traverse") == .collection)
    #expect(phases("add") == .runtime)
  }

  @Test func slotAssignedAtRuntimeCounts() {
    let a = UnitBuilder("a.c")
    a.defineFunction("new", linkage: .internal)
    a.defineVariable("T", record: "_typeobject")
    a.defineFunction("PyInit_m") {
      $0.store($0.variable("T", [$0.field("tp_new", of: "_typeobject")]), $0.function("new"))
    }
    #expect(phases(a)("new") == .creation)
  }

  @Test func execSlotIsInitialisationInBothGenerations() {
    for number: Int64 in [2, 85] {
      let a = UnitBuilder("a.c")
      a.defineFunction("exec", linkage: .internal)
      a.moduleSlots("slots", [(number, .function(a.function("exec")))])
      #expect(phases(a)("exec") == .initialisation)
    }
  }

  @Test func functionGivenToALibraryRunsAtRuntime() {
    let a = UnitBuilder("a.c")
    a.defineFunction("callback", linkage: .internal)
    a.defineFunction("drop", linkage: .internal)
    a.defineFunction("PyInit_m") {
      $0.call("lib_set_callback", $0.function("callback"))
      $0.call("PyCapsule_New", .integer(0), .integer(0), $0.function("drop"))
    }
    let phases = phases(a)
    #expect(phases("callback") == .runtime)
    #expect(phases("drop") == .destruction)
  }

  @Test func externalFunctionNobodyCallsIsOnlyPossiblyReached() throws {
    let a = UnitBuilder("a.c")
    a.defineFunction("spare")
    a.defineFunction("dead", linkage: .internal)
    let analyses = analyse(Linker.link(units: [a.unit]))
    let ids = analyses.package.functionIDs.sorted()
    #expect(analyses.phases.phases(of: ids[0]) == [])
    #expect(analyses.phases.possiblePhases(of: ids[0]) == .runtime)
    #expect(analyses.phases.isUnreachable(ids[1]))
  }
}

import Analysis
import Findings
import ModelBuilder
import ProgramModel
import Rules
import Testing

@Suite struct ModuleDeclarationTests {
  private func run(
    _ unit: UnitBuilder, files: [SourceFileFacts] = [], build: [BuildFact] = []
  ) -> [Finding] {
    RuleCatalogue.run(
      analyse(Linker.link(units: [unit.unit], files: files, buildFacts: build)))
  }

  private func multiPhase(_ slots: [(Int64, Initializer)]) -> (UnitBuilder, line: Int) {
    let a = UnitBuilder("a.c")
    let place = a.moduleSlots("slots", slots)
    a.moduleDefinition("def", slots: "slots")
    a.defineFunction("PyInit_m") { $0.return($0.call("PyModuleDef_Init", $0.address("def"))) }
    return (a, a.line(of: place))
  }

  @Test func slotMissingStandsAtTheArray() throws {
    let (unit, line) = multiPhase([])
    let found = run(unit)
    #expect(found.map(\.rule) == ["gil-slot-missing"])
    let finding = try #require(found.first)
    #expect(finding.position.line == line)
    #expect(finding.severity == .high)
    #expect(finding.confidence == .high)
    #expect(finding.symbol == "Py_mod_gil")
    #expect(finding.module == "m")
    #expect(finding.related.map(\.role) == [.entryPoint, .call, .definition])
  }

  @Test func declaredModuleIsSilent() {
    #expect(run(multiPhase([(4, .integer(1, macro: .empty))]).0).isEmpty)
  }

  @Test func declaredUsedStandsAtTheSlot() throws {
    let (unit, line) = multiPhase([(4, .integer(0, macro: .empty))])
    let found = run(unit)
    #expect(found.map(\.rule) == ["gil-declared-used"])
    #expect(try #require(found.first).position.line != line)
  }

  @Test func singlePhaseStandsAtTheHook() throws {
    let a = UnitBuilder("a.c")
    a.moduleDefinition("def")
    let hook = a.defineFunction("PyInit_m") {
      $0.return($0.call("PyModule_Create2", $0.address("def"), .integer(1013)))
    }
    let found = run(a)
    #expect(found.map(\.rule) == ["single-phase-without-gil-declaration"])
    #expect(found.first?.position.line == a.line(of: hook))
    #expect(found.first?.function == "PyInit_m")
    #expect(found.first?.symbol == "PyUnstable_Module_SetGIL")
  }

  @Test func ineffectiveSlotStandsAtTheSlot() {
    let one = Initializer.integer(1, macro: .empty)
    let found = run(multiPhase([(0, one), (4, one)]).0)
    #expect(found.map(\.rule) == ["gil-declaration-ineffective"])
  }

  @Test func frameworkStandsAtTheMacro() {
    let a = UnitBuilder("a.cpp", isCxx: true)
    let place = a.use(macro: "PYBIND11_MODULE", "core, m")
    let found = run(a)
    #expect(found.map(\.rule) == ["framework-opt-in-missing"])
    #expect(found.first?.position.line == a.line(of: place))
    #expect(found.first?.symbol == "PYBIND11_MODULE")
    #expect(found.first?.remediation.contains("py::mod_gil_not_used()") == true)
  }

  @Test func exportHookWithoutSlotAndDisagreement() {
    let a = UnitBuilder("a.c")
    a.defineVariable(
      "export", record: "PySlot", isArray: true,
      a.elements([a.fields([("sl_id", a.integer(0))])]))
    a.defineFunction("PyModExport_m") { $0.return($0.address("export")) }
    #expect(run(a).map(\.rule) == ["export-slots-without-gil"])
    a.moduleSlots("slots", [(4, a.integer(1))])
    a.moduleDefinition("def", slots: "slots")
    a.defineFunction("PyInit_m") { $0.return($0.call("PyModuleDef_Init", $0.address("def"))) }
    let both = run(a)
    #expect(both.map(\.rule) == ["export-and-init-disagree"])
    #expect(both.map(\.severity) == [.medium])
  }

  @Test func limitedAPIIsReportedOnlyWhereItReachesTheBuild() {
    let (unit, _) = multiPhase([(4, .integer(1, macro: .empty))])
    func fact(_ spares: Bool) -> BuildFact {
      BuildFact(
        kind: .limitedAPI(value: 0x0307_0000, sparesFreeThreaded: spares), module: nil,
        sources: [], position: SourcePosition(path: "setup.py", line: 5, column: 1))
    }
    let found = run(unit, build: [fact(false)])
    #expect(found.map(\.rule) == ["limited-api-on-free-threaded"])
    #expect(found.first?.message.contains("3.7") == true)
    #expect(run(unit, build: [fact(true)]).isEmpty)
  }

  @Test func objectHeaderSpelledOut() {
    let (unit, _) = multiPhase([(4, .integer(1, macro: .empty))])
    unit.record("Mirror", fields: [("ob_refcnt", .integer), ("ob_type", .pointer)])
    unit.record("Plain", fields: [("count", .integer), ("type", .pointer)])
    unit.defineVariable(
      "T", record: "_typeobject",
      unit.fields([
        ("ob_base", unit.fields([("ob_refcnt", unit.integer(1)), ("ob_type", unit.integer(0))]))
      ]))
    unit.defineVariable(
      "U", record: "_typeobject",
      unit.fields(
        [("ob_base", unit.fields([("ob_tid", unit.integer(1)), ("ob_type", unit.integer(0))]))],
        macro: "PyVarObject_HEAD_INIT"))
    let found = run(unit)
    #expect(found.map(\.rule) == Array(repeating: "hard-coded-object-layout", count: 2))
    #expect(found.map(\.symbol) == ["Mirror", "T"])
  }

  @Test func declaredSafeButHazardousSumsUpWhatIsNotSuppressed() throws {
    let (unit, _) = multiPhase([(4, .integer(1, macro: .empty))])
    let analyses = analyse(Linker.link(units: [unit.unit]))
    let rule = RuleMetadata(
      id: "some-rule", category: .staticState, severity: .high, summary: "", why: "", remedy: "",
      limits: "")
    var hazard = Finding(
      rule: rule, confidence: .medium, message: "x",
      position: SourcePosition(path: "a.c", line: 3, column: 1), symbol: "cache", module: "m")
    func add(_ found: [Finding]) -> [Finding] { found.isEmpty ? [hazard] : found }
    let found = RuleCatalogue.run(analyses, suppress: add)
    let sum = try #require(found.first { $0.rule == "declared-safe-but-hazardous" })
    #expect(sum.severity == .critical)
    #expect(sum.confidence == .medium)
    #expect(sum.related.contains { $0.symbol == "cache" })

    hazard.suppressed = Suppression(kind: .inline, reason: "known")
    let suppressed = RuleCatalogue.run(analyses, suppress: add)
    #expect(suppressed.contains { $0.rule == "some-rule" })
    #expect(!suppressed.contains { $0.rule == "declared-safe-but-hazardous" })
  }

  @Test func catalogueIsSortedAndWhole() {
    let ids = RuleCatalogue.all.map(\.id)
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == ids.count)
    #expect(
      RuleCatalogue.all.allSatisfy {
        !$0.summary.hasSuffix(".") && !$0.why.isEmpty && !$0.remedy.isEmpty && !$0.limits.isEmpty
      })
  }
}

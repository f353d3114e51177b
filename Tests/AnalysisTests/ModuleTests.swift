import Analysis
import ModelBuilder
import ProgramModel
import Testing

@Suite struct ModuleTests {
  private func modules(
    _ units: [UnitBuilder], files: [SourceFileFacts] = [], build: [BuildFact] = [],
    target: InterpreterVersion = InterpreterVersion(3, 14)
  ) -> [PythonModule] {
    analyse(
      Linker.link(units: units.map(\.unit), files: files, buildFacts: build, target: target)
    ).modules
  }

  /// `initialisation/declaration` of the only module.
  private func verdict(
    _ unit: UnitBuilder, files: [SourceFileFacts] = [], build: [BuildFact] = []
  ) -> String {
    let found = modules([unit], files: files, build: build)
    guard found.count == 1 else { return "\(found.count) modules" }
    return "\(found[0].initialisation.text)/\(found[0].declaration.rawValue)"
  }

  private func multiPhase(_ slots: [(Int64, Initializer)]) -> UnitBuilder {
    let a = UnitBuilder("a.c")
    a.moduleSlots("slots", slots)
    a.moduleDefinition("def", slots: "slots")
    a.defineFunction("PyInit_m") { $0.return($0.call("PyModuleDef_Init", $0.address("def"))) }
    return a
  }

  private func singlePhase(_ body: (FunctionBuilder, Operand) -> Void) -> UnitBuilder {
    let a = UnitBuilder("a.c")
    a.moduleDefinition("def")
    a.defineFunction("PyInit_m") {
      let module = $0.call("PyModule_Create2", $0.address("def"), .integer(1013))
      body($0, module)
      $0.return(module)
    }
    return a
  }

  private func mention(_ name: String, line: Int, _ activity: TextMention.Activity)
    -> [SourceFileFacts]
  {
    [
      SourceFileFacts(
        path: "a.c", generator: nil,
        mentions: [
          TextMention(
            name: name, position: SourcePosition(path: "a.c", line: line, column: 1), rest: "",
            isInDefine: false, activity: activity)
        ])
    ]
  }

  @Test func slotValueDecides() {
    #expect(verdict(multiPhase([(4, .integer(1, macro: .empty))])) == "multi-phase/not-used")
    #expect(verdict(multiPhase([(87, .integer(1, macro: .empty))])) == "multi-phase/not-used")
    #expect(verdict(multiPhase([(4, .integer(0, macro: .empty))])) == "multi-phase/used")
    #expect(verdict(multiPhase([(4, .unknown)])) == "multi-phase/unknown")
    #expect(verdict(multiPhase([(3, .integer(2, macro: .empty))])) == "multi-phase/missing")
  }

  @Test func secondSlotAndSlotBehindTheEndHaveNoEffect() {
    let one = Initializer.integer(1, macro: .empty)
    #expect(verdict(multiPhase([(4, one), (4, one)])) == "multi-phase/ineffective")
    #expect(verdict(multiPhase([(0, one), (4, one)])) == "multi-phase/ineffective")
  }

  @Test func definitionWithoutSlotsIsFoundThroughAHelper() {
    let a = UnitBuilder("a.c")
    a.moduleDefinition("def")
    a.defineFunction("init", linkage: .internal) {
      $0.return($0.call("PyModuleDef_Init", $0.address("def")))
    }
    a.defineFunction("PyInit_m") { $0.return($0.call("init")) }
    #expect(verdict(a) == "multi-phase/missing")
  }

  @Test func slotsAssignedByCodeAreRead() {
    let a = UnitBuilder("a.c")
    a.moduleSlots("slots", [(4, a.integer(1))])
    a.moduleDefinition("def")
    a.defineFunction("PyInit_m") {
      $0.store(
        $0.variable("def", [$0.field("m_slots", of: "PyModuleDef")]), $0.address("slots"))
      $0.return($0.call("PyModuleDef_Init", $0.address("def")))
    }
    #expect(verdict(a) == "multi-phase/not-used")
  }

  @Test func singlePhaseIsJudgedByTheCall() {
    #expect(verdict(singlePhase { _, _ in }) == "single-phase/missing")
    #expect(
      verdict(singlePhase { $0.call("PyUnstable_Module_SetGIL", $1, .integer(1)) })
        == "single-phase/not-used")
    #expect(
      verdict(singlePhase { $0.call("PyUnstable_Module_SetGIL", $1, .integer(0)) })
        == "single-phase/used")
  }

  @Test func callInAHelperCounts() {
    let a = singlePhase { $0.call("declare", $1) }
    a.defineFunction("declare", parameters: 1) {
      $0.call("PyUnstable_Module_SetGIL", .local(0), .integer(1))
    }
    #expect(verdict(a) == "single-phase/not-used")
  }

  @Test func callUnderARunTimeConditionCountsWithANote() {
    let a = singlePhase { body, module in
      let condition = body.call("library_is_reentrant")
      body.when(condition) { body.call("PyUnstable_Module_SetGIL", module, .integer(1)) }
    }
    let found = modules([a])
    #expect(found.map(\.declaration) == [.notUsed])
    #expect(found.first?.why.contains("at run time") == true)
    let plain = singlePhase { $0.call("PyUnstable_Module_SetGIL", $1, .integer(1)) }
    #expect(modules([plain]).first?.why.contains("at run time") == false)
  }

  @Test func testOfTheModuleItselfIsNoCondition() {
    let a = singlePhase { body, module in
      body.when(body.compute(.notEqual, module, .integer(0))) {
        body.call("PyUnstable_Module_SetGIL", module, .integer(1))
      }
    }
    #expect(modules([a]).map(\.declaration) == [.notUsed])
    #expect(modules([a]).first?.why.contains("at run time") == false)
  }

  @Test func arrayWithoutEndIsNotJudged() {
    let a = UnitBuilder("a.c")
    a.defineVariable("slots", record: "PyModuleDef_Slot", isArray: true, a.elements([]))
    a.moduleDefinition("def", slots: "slots")
    a.defineFunction("PyInit_m") { $0.return($0.call("PyModuleDef_Init", $0.address("def"))) }
    #expect(verdict(a) == "multi-phase/unknown")
  }

  @Test func callForAnotherModuleHasNoEffect() {
    let a = UnitBuilder("a.c")
    a.moduleDefinition("def")
    a.moduleDefinition("sub")
    a.defineFunction("PyInit_m") {
      let module = $0.call("PyModule_Create2", $0.address("def"), .integer(1013))
      let sub = $0.call("PyModule_Create2", $0.address("sub"), .integer(1013))
      $0.call("PyUnstable_Module_SetGIL", sub, .integer(1))
      $0.return(module)
    }
    #expect(verdict(a) == "single-phase/ineffective")
  }

  @Test func callInTheExecFunctionHasNoEffect() {
    let a = UnitBuilder("a.c")
    a.defineFunction("exec", parameters: 1, linkage: .internal) {
      $0.call("PyUnstable_Module_SetGIL", .local(0), .integer(1))
    }
    a.moduleSlots("slots", [(2, .function(a.function("exec")))])
    a.moduleDefinition("def", slots: "slots")
    a.defineFunction("PyInit_m") { $0.return($0.call("PyModuleDef_Init", $0.address("def"))) }
    #expect(verdict(a) == "multi-phase/ineffective")
  }

  @Test func callBesidesASlotIsHarmless() {
    let a = UnitBuilder("a.c")
    a.defineFunction("exec", parameters: 1, linkage: .internal) {
      $0.call("PyUnstable_Module_SetGIL", .local(0), .integer(1))
    }
    a.moduleSlots("slots", [(2, .function(a.function("exec"))), (4, a.integer(1))])
    a.moduleDefinition("def", slots: "slots")
    a.defineFunction("PyInit_m") { $0.return($0.call("PyModuleDef_Init", $0.address("def"))) }
    #expect(verdict(a) == "multi-phase/not-used")
  }

  @Test func definitionIsFollowedThroughAConstructor() {
    let a = UnitBuilder("a.cpp", isCxx: true)
    a.moduleDefinition("def")
    a.defineFunction("Created::Created", parameters: 2, kind: .constructor) {
      $0.call("PyModule_Create2", .address($0.local(1, [.dereference])), .integer(1013))
    }
    a.defineFunction("PyInit_m") {
      $0.call("Created::Created", .integer(0), $0.address("def"))
      $0.return(.unknown)
    }
    let found = modules([a])
    #expect(found.map(\.initialisation) == [.singlePhase])
    #expect(found.map(\.declaration) == [.missing])
    #expect(found.first?.definition != nil)
  }

  @Test func textThatIsNotCompiledIsAGuardThatFails() {
    let a = multiPhase([])
    #expect(
      verdict(a, files: mention("Py_mod_gil", line: 900, .inactive)) == "multi-phase/ineffective")
    #expect(
      verdict(a, files: mention("Py_mod_gil", line: 900, .active)) == "multi-phase/unknown")
  }

  @Test func mentionOfASlotThatIsCompiledIsNoGuard() throws {
    let a = multiPhase([(4, .integer(1, macro: .empty))])
    let slot = try #require(modules([a]).first?.first(.slot))
    a.moduleDefinition("second")
    a.defineFunction("PyInit_second") {
      $0.return($0.call("PyModuleDef_Init", $0.address("second")))
    }
    let found = modules([a], files: mention("Py_mod_gil", line: slot.position.line, .active))
    #expect(found.map(\.declaration) == [.notUsed, .missing])
  }

  @Test func hookThatMakesNothingIsUnknown() {
    let a = UnitBuilder("a.c")
    a.defineFunction("PyInit_m") { $0.return(.integer(0)) }
    #expect(verdict(a) == "unknown/unknown")
  }

  @Test func hookThatOnlyTheTextShowsIsAnUnknownModule() {
    let a = UnitBuilder("a.c")
    func facts(_ rest: String) -> [SourceFileFacts] {
      var facts = mention("PyInit_m", line: 5, .active)
      facts[0].mentions[0].rest = rest
      return facts
    }
    #expect(verdict(a, files: facts("(void) {")) == "unknown/unknown")
    #expect(modules([a], files: facts("(void);")).isEmpty)
  }

  @Test func bareNumbersAreJudgedByWhatPythonMakesOfThem() {
    for (number, expected): (Int64, String) in [(4, "not-used"), (87, "ineffective")] {
      let a = UnitBuilder("a.c")
      a.moduleSlots("slots", [(number, a.integer(1))], isBare: true)
      a.moduleDefinition("def", slots: "slots")
      a.defineFunction("PyInit_m") { $0.return($0.call("PyModuleDef_Init", $0.address("def"))) }
      #expect(verdict(a) == "multi-phase/\(expected)")
    }
  }

  @Test func constantPassedToAHelperIsFollowed() {
    for (value, expected): (Int64, String) in [(0, "used"), (1, "not-used")] {
      let a = singlePhase { $0.call("declare", $1, .integer(value)) }
      a.defineFunction("declare", parameters: 2) {
        $0.call("PyUnstable_Module_SetGIL", .local(0), .local(1))
      }
      #expect(verdict(a) == "single-phase/\(expected)")
    }
  }

  @Test func callOnAPathWithoutAModuleHasNoEffect() {
    let a = UnitBuilder("a.c")
    a.moduleDefinition("def")
    a.defineFunction("PyInit_m") { body in
      let module = body.call("PyModule_Create2", body.address("def"), .integer(1013))
      let failed = body.call("PyModule_AddIntConstant", module)
      body.whenReturning(failed, .integer(0)) {
        body.call("PyUnstable_Module_SetGIL", module, .integer(1))
      }
      body.return(module)
    }
    #expect(verdict(a) == "single-phase/ineffective")
  }

  @Test func stepsInATableAreFollowed() {
    let a = UnitBuilder("a.c")
    a.moduleDefinition("def")
    a.defineFunction("create", linkage: .internal) {
      $0.return($0.call("PyModule_Create2", $0.address("def"), .integer(1013)))
    }
    a.defineVariable(
      "steps", record: "Steps", a.fields([("create", .function(a.function("create")))]))
    a.defineFunction("PyInit_m") {
      $0.return($0.call($0.load($0.variable("steps", [$0.field("create", of: "Steps")]))))
    }
    #expect(verdict(a) == "single-phase/missing")
  }

  @Test func declarationOfAHiddenHookIsNotThisOnes() {
    let a = multiPhase([])
    var files = mention("Py_mod_gil", line: 900, .unknown)
    #expect(verdict(a, files: files) == "multi-phase/ineffective")
    files[0].mentions += mention("PyModExport_m", line: 910, .unknown)[0].mentions
    #expect(verdict(a, files: files) == "multi-phase/missing")
  }

  @Test func twoSourcesForOneNameAreTwoModules() {
    let units = ["a.c", "b.c"].map { path in
      let unit = UnitBuilder(path)
      if path == "b.c" { _ = unit.range() }
      unit.moduleDefinition("def", linkage: .external)
      unit.defineFunction("PyInit_m") {
        let module = $0.call("PyModule_Create2", $0.address("def"), .integer(1013))
        if path == "b.c" { $0.call("PyUnstable_Module_SetGIL", module, .integer(1)) }
        $0.return(module)
      }
      return unit
    }
    let found = modules(units)
    #expect(found.map(\.position.path) == ["a.c", "b.c"])
    #expect(found.map(\.declaration) == [.missing, .notUsed])
  }

  @Test func exportSlotsNestAndOldNumbersMeanNothing() {
    let a = UnitBuilder("a.c")
    a.moduleSlots("old", [(4, a.integer(1))])
    func hook(_ name: String, _ id: Int64, _ value: Initializer) {
      a.defineVariable(
        "slots_\(name)", record: "PySlot", isArray: true,
        a.elements([
          a.fields([("sl_id", a.integer(id)), ("sl_flags", a.integer(4)), ("sl_ptr", value)]),
          a.fields([("sl_id", a.integer(0))]),
        ]))
      a.defineFunction("PyModExport_\(name)") { $0.return($0.address("slots_\(name)")) }
    }
    hook("a", 94, .address(a.variable("old"), path: []))
    hook("b", 87, a.integer(1))
    hook("c", 4, a.integer(1))
    let found = modules([a])
    #expect(found.map(\.initialisation.text) == Array(repeating: "export-slots", count: 3))
    #expect(found.map(\.declaration) == [.notUsed, .notUsed, .ineffective])
  }

  @Test func targetDecidesWhichHookCounts() {
    let a = multiPhase([(4, .integer(1, macro: .empty))])
    a.defineVariable(
      "export", record: "PySlot", isArray: true,
      a.elements([a.fields([("sl_id", a.integer(0))])]))
    a.defineFunction("PyModExport_m") { $0.return($0.address("export")) }
    let old = modules([a])
    #expect(old.map(\.declaration) == [.notUsed])
    #expect(old.map(\.otherDeclaration) == [.missing])
    let new = modules([a], target: InterpreterVersion(3, 15))
    #expect(new.map(\.initialisation) == [.exportSlots])
    #expect(new.map(\.declaration) == [.missing])
  }
}

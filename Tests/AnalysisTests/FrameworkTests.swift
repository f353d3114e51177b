import Analysis
import ModelBuilder
import ProgramModel
import Testing

@Suite struct FrameworkTests {
  private func verdicts(
    _ units: [UnitBuilder], files: [SourceFileFacts] = [], build: [BuildFact] = []
  ) -> [String] {
    analyse(Linker.link(units: units.map(\.unit), files: files, buildFacts: build)).modules.map {
      "\($0.name) \($0.initialisation.text) \($0.declaration.rawValue)"
    }
  }

  @Test(arguments: [
    ("PYBIND11_MODULE", "core, m", "core framework:pybind11 missing"),
    ("PYBIND11_MODULE", "core, m, py::mod_gil_not_used()", "core framework:pybind11 not-used"),
    ("PYBIND11_MODULE", "core, m, py::mod_gil_not_used( false )", "core framework:pybind11 used"),
    ("PYBIND11_MODULE", "core, m, py::mod_gil_used()", "core framework:pybind11 used"),
    ("BOOST_PYTHON_MODULE", "core", "core framework:boost-python missing"),
    (
      "BOOST_PYTHON_MODULE", "core, boost::python::mod_gil_not_used()",
      "core framework:boost-python not-used"
    ),
    ("NB_MODULE", "core, m", "core framework:nanobind unknown"),
  ])
  func moduleMacros(_ macro: String, _ arguments: String, _ expected: String) {
    let a = UnitBuilder("a.cpp", isCxx: true)
    _ = a.use(macro: macro, arguments)
    #expect(verdicts([a]) == [expected])
  }

  @Test func hookThatTheMacroDefinesIsNotASecondModule() {
    let a = UnitBuilder("a.cpp", isCxx: true)
    _ = a.use(macro: "PYBIND11_MODULE", "core, m")
    a.defineFunction("PyInit_core")
    #expect(verdicts([a]) == ["core framework:pybind11 missing"])
  }

  @Test func tagInABranchThatDependsOnMissingHeadersCounts() {
    let a = UnitBuilder("a.cpp", isCxx: true)
    _ = a.use(macro: "PYBIND11_MODULE", "core, m")
    let mention = TextMention(
      name: "PYBIND11_MODULE", position: SourcePosition(path: "a.cpp", line: 900, column: 1),
      rest: "(core, m, py::mod_gil_not_used())", isInDefine: false, activity: .unknown)
    let files = [SourceFileFacts(path: "a.cpp", generator: nil, mentions: [mention])]
    #expect(verdicts([a], files: files) == ["core framework:pybind11 ineffective"])
    a.miss(header: "pybind11/pybind11.h")
    #expect(verdicts([a], files: files) == ["core framework:pybind11 not-used"])
  }

  @Test func macroThatTheParserDoesNotKnowIsReadFromTheText() {
    let a = UnitBuilder("a.cpp", isCxx: true)
    a.miss(header: "pybind11/pybind11.h")
    func mention(_ line: Int, _ rest: String, _ activity: TextMention.Activity) -> TextMention {
      TextMention(
        name: "PYBIND11_MODULE", position: SourcePosition(path: "a.cpp", line: line, column: 1),
        rest: rest, isInDefine: false, activity: activity)
    }
    func facts(_ mentions: TextMention...) -> [SourceFileFacts] {
      [SourceFileFacts(path: "a.cpp", generator: nil, mentions: mentions)]
    }
    let plain = mention(900, "(core, m) {", .active)
    let tagged = mention(910, "(core, m, py::mod_gil_not_used())", .unknown)
    #expect(verdicts([a], files: facts(plain)) == ["core framework:pybind11 missing"])
    #expect(verdicts([a], files: facts(plain, tagged)) == ["core framework:pybind11 not-used"])
    #expect(verdicts([a], files: facts(mention(1, "(core, m)", .inactive))) == [])
  }

  @Test func nanobindIsReadFromTheBuild() {
    let a = UnitBuilder("a.cpp", isCxx: true)
    _ = a.use(macro: "NB_MODULE", "core, m")
    for (value, expected) in [(true, "not-used"), (false, "missing")] {
      let fact = BuildFact(
        kind: .nanobindFreeThreaded(value), module: "core", sources: [],
        position: SourcePosition(path: "CMakeLists.txt", line: 3, column: 1))
      #expect(verdicts([a], build: [fact]) == ["core framework:nanobind \(expected)"])
    }
  }

  @Test(arguments: [(Int64?.none, "missing"), (0, "missing"), (1, "not-used")])
  func cythonGeneratedCode(_ value: Int64?, _ expected: String) {
    let a = UnitBuilder("a.c")
    a.defineFunction("__pyx_exec", linkage: .internal)
    var slots: [(Int64, Initializer)] = [(2, .function(a.function("__pyx_exec")))]
    if let value { slots.append((4, a.integer(value))) }
    a.moduleSlots("__pyx_moduledef_slots", slots)
    a.moduleDefinition("__pyx_moduledef", slots: "__pyx_moduledef_slots")
    a.defineFunction("PyInit_m") {
      $0.return($0.call("PyModuleDef_Init", $0.address("__pyx_moduledef")))
    }
    #expect(verdicts([a]) == ["m framework:cython \(expected)"])
  }

  @Test func cythonSourceWithoutC() {
    let place = SourcePosition(path: "pkg/m.pyx", line: 1, column: 1)
    func fact(_ value: Bool?) -> BuildFact {
      BuildFact(
        kind: .cythonSource(freeThreadingCompatible: value), module: "pkg.m", sources: [],
        position: place)
    }
    let directive = BuildFact(
      kind: .cythonDirective(freeThreadingCompatible: true), module: nil, sources: [],
      position: SourcePosition(path: "setup.py", line: 9, column: 1))
    #expect(verdicts([], build: [fact(nil)]) == ["pkg.m framework:cython missing"])
    #expect(verdicts([], build: [fact(false)]) == ["pkg.m framework:cython used"])
    #expect(verdicts([], build: [fact(nil), directive]) == ["pkg.m framework:cython not-used"])
  }

  @Test func cffiDeclaresForItsModules() {
    let a = UnitBuilder("_ext.c")
    a.defineFunction("PyInit__ext") { $0.return($0.call("_cffi_init", .integer(0))) }
    let files = [SourceFileFacts(path: "_ext.c", generator: .cffi, mentions: [])]
    #expect(verdicts([a], files: files) == ["_ext framework:cffi not-used"])
  }

  @Test func defaultOfAGeneratorCountsAsMissing() {
    let a = UnitBuilder("m.c")
    a.moduleDefinition("f2py_def")
    a.defineFunction("PyInit_m") {
      let module = $0.call("PyModule_Create2", $0.address("f2py_def"), .integer(1013))
      $0.call("PyUnstable_Module_SetGIL", module, .integer(0))
      $0.return(module)
    }
    let files = [SourceFileFacts(path: "m.c", generator: .f2py, mentions: [])]
    #expect(verdicts([a], files: files) == ["m framework:f2py missing"])
  }
}

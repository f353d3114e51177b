import Analysis
import ModelBuilder
import ProgramModel
import Testing

@Suite struct LinkerTests {
  @Test func externIsResolvedToTheOtherFile() throws {
    let a = UnitBuilder("a.c")
    a.defineVariable("cache", linkage: .external)
    a.defineFunction("set") { $0.store($0.variable("cache"), .integer(1)) }
    let b = UnitBuilder("b.c")
    b.defineVariable("cache", linkage: .external, isDefinition: false)
    b.defineFunction("get") { $0.return($0.load($0.variable("cache"))) }
    let package = Linker.link(units: [b.unit, a.unit])

    let caches = package.variableIDs.filter { package[$0].name == "cache" }
    try #require(caches.count == 1)
    #expect(package[caches[0]].position?.path == "a.c")
    #expect(package[caches[0]].declarations.count == 2)
    let accesses = package.accesses(of: caches[0])
    #expect(accesses.map(\.kind) == [.write, .read])
    #expect(accesses.map { package[$0.function].name } == ["set", "get"])
  }

  @Test func fileLocalNamesStayApart() {
    let units = ["a.c", "b.c"].map { path in
      let unit = UnitBuilder(path)
      unit.defineVariable("cache")
      unit.defineFunction("set_\(path.first ?? "x")") {
        $0.store($0.variable("cache"), .integer(1))
      }
      return unit.unit
    }
    let package = Linker.link(units: units)
    let caches = package.variableIDs.filter { package[$0].name == "cache" }
    #expect(caches.count == 2)
    #expect(caches.allSatisfy { package.accesses(of: $0).count == 1 })
  }

  @Test func headerFunctionIsOneFunctionOfBothUnits() throws {
    let units = ["a.c", "b.c"].map { path in
      let unit = UnitBuilder(path, headers: ["h.h"])
      unit.defineFunction("helper", linkage: .internal, file: 1)
      return unit.unit
    }
    let package = Linker.link(units: units)
    let helpers = package.functionIDs.filter { package[$0].name == "helper" }
    try #require(helpers.count == 1)
    #expect(package[helpers[0]].duplicates == [FunctionReference(unit: 1, index: 0)])
    #expect(package[helpers[0]].isInHeader)
  }

  @Test func alternativesForPlatformsStayApart() {
    let units = ["linux.c", "mac.c"].map { path in
      let unit = UnitBuilder(path)
      if path == "mac.c" { _ = unit.range() }
      unit.defineFunction("PyInit_m")
      return unit.unit
    }
    let package = Linker.link(units: units)
    let inits = package.functionIDs.filter { package[$0].name == "PyInit_m" }
    #expect(inits.count == 2)
    #expect(inits.map { package[$0].alternatives.count } == [1, 1])
  }

  @Test func definitionWithInitialiserIsChosenOverTentativeOnes() {
    let a = UnitBuilder("a.c")
    a.defineVariable("def", record: "PyModuleDef")
    let place = a.defineVariable("def", record: "PyModuleDef", a.fields([("m_size", a.integer(3))]))
    let package = Linker.link(units: [a.unit])
    #expect(package.variables.count == 1)
    #expect(package.variables[0].position?.line == a.line(of: place))
    #expect(package.variables[0].declarations.count == 2)
  }

  @Test func accessThroughPointerReadsThePointer() {
    let a = UnitBuilder("a.c")
    a.defineVariable("table")
    a.defineFunction("set") {
      $0.store($0.variable("table", [.dereference, $0.field("n", of: "T")]), .integer(1))
    }
    let package = Linker.link(units: [a.unit])
    let accesses = package.accesses(of: VariableID(0))
    #expect(accesses.map(\.kind) == [.read, .write])
    #expect(accesses.map(\.isThroughPointer) == [false, true])
  }

  @Test func addressPassedInCallNamesTheArgument() {
    let a = UnitBuilder("a.c")
    a.defineVariable("lock")
    a.defineFunction("f") { $0.call("PyMutex_Lock", $0.address("lock")) }
    let package = Linker.link(units: [a.unit])
    let accesses = package.accesses(of: VariableID(0))
    #expect(accesses.map(\.kind) == [.address])
    #expect(accesses.map(\.argument) == [0])
  }
}

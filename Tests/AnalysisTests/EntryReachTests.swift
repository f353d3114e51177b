import ModelBuilder
import ProgramModel
import Testing

@testable import Analysis

@Suite struct EntryReachTests {
  /// Methods `methods`, and functions that call others.
  private func analyses(
    methods: [String], _ calls: [(String, [String])], exported: [String] = []
  ) -> Analyses {
    let a = UnitBuilder("a.c")
    // Symbols first, so that calls mean these.
    for (name, _) in calls where !name.hasPrefix("PyInit") && !exported.contains(name) {
      _ = a.symbol(name, .function, .internal)
    }
    for (name, callees) in calls {
      let isOpen = name.hasPrefix("PyInit") || exported.contains(name)
      a.defineFunction(name, linkage: isOpen ? .external : .internal) { f in
        for callee in callees { f.call(callee) }
      }
    }
    a.defineVariable(
      "methods", record: "PyMethodDef", isArray: true,
      a.elements(
        methods.map {
          a.fields([("ml_name", .string(a.name($0))), ("ml_meth", .function(a.function($0)))])
        }))
    return analyse(Linker.link(units: [a.unit]))
  }

  private func names(_ analyses: Analyses, _ function: String, limit: Int = 3) throws -> [String] {
    let package = analyses.package
    let id = try #require(package.functionIDs.first { package[$0].name == function })
    return analyses.reach.entryPoints(reaching: id, limit: limit).map {
      package[$0.function].name
    }
  }

  @Test func nearestEntryPointsComeFirst() throws {
    let analyses = analyses(
      methods: ["far", "near"],
      [("deep", []), ("middle", ["deep"]), ("far", ["middle"]), ("near", ["deep"])])
    #expect(try names(analyses, "deep") == ["near", "far"])
    #expect(try names(analyses, "middle") == ["far"])
    #expect(try names(analyses, "far") == ["far"])
  }

  @Test func limitIsKept() throws {
    let methods = (0..<9).map { "m\($0)" }
    let analyses = analyses(methods: methods, [("deep", [])] + methods.map { ($0, ["deep"]) })
    #expect(try names(analyses, "deep").count == 3)
    #expect(try names(analyses, "deep", limit: 1) == ["m0"])
    #expect(try names(analyses, "deep", limit: 20).sorted() == methods)
    #expect(try names(analyses, "deep", limit: 0) == [])
  }

  @Test func initialisationIsNoWayForOtherThreads() throws {
    let analyses = analyses(
      methods: ["meth"],
      [("setup", []), ("both", []), ("meth", ["both"]), ("PyInit_m", ["setup", "both"])])
    #expect(try names(analyses, "setup") == [])
    #expect(try names(analyses, "both") == ["meth"])
  }

  @Test func recursionEndsAndEachFunctionCountsOnce() throws {
    let analyses = analyses(
      methods: ["a"], [("a", ["b", "b"]), ("b", ["a", "deep"]), ("deep", ["deep"])])
    #expect(try names(analyses, "deep") == ["a"])
  }

  @Test func exportedFunctionsAreWaysToo() throws {
    let analyses = analyses(methods: [], [("deep", []), ("open", ["deep"])], exported: ["open"])
    let package = analyses.package
    let id = try #require(package.functionIDs.first { package[$0].name == "deep" })
    #expect(analyses.reach.entryPoints(reaching: id).map(\.kind) == [.exported])
  }
}

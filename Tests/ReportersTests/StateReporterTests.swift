import Findings
import Foundation
import Reporters
import Testing

/// The table of states in its two forms.
struct StateReporterTests {
  private static let hostileName = "a\u{1B}[31m\u{202E}b"

  private static let states: [StateTable.State] = [
    .init(
      name: "limits", qualifiedName: "limits", type: "const int[4]", kind: .fileStatic,
      file: "src/core.c", line: 4, column: 18, verdict: .const, proof: "the object is const",
      atRunTime: .init(reads: 3)),
    .init(
      name: "table", qualifiedName: "outer::table", type: "std::map<int, std::string>",
      kind: .global, file: "src/tables.cpp", line: 12, column: 1, isDefined: false,
      verdict: .neverWritten, proof: "no code writes it", hasAssumedWrites: true),
    .init(
      name: "names", qualifiedName: "names", type: "char *[2]", kind: .functionStatic,
      owner: "parse", file: "src/core.c", line: 30, column: 3, verdict: .neverWritten,
      proof: "no code writes it", atRunTime: .init(reads: 1)),
    .init(
      name: "hits", qualifiedName: "hits", type: "int", kind: .fileStatic, file: "src/core.c",
      line: 6, column: 12, verdict: .hazardous, proof: "races together with 'cache'",
      rule: "lazy-initialised-static", severity: .low, companionOf: "cache",
      atRunTime: .init(reads: 1, writes: 1, writers: ["get"])),
    .init(
      name: "cache", qualifiedName: "cache", type: "PyObject *", kind: .fileStatic,
      file: "src/core.c", line: 5, column: 18, verdict: .hazardous,
      proof: "written and read without a lock", rule: "lazy-initialised-static", severity: .low,
      atImport: .init(reads: 0, writes: 1, writers: ["fill"]),
      atRunTime: .init(reads: 2, writes: 1, writers: ["get"]), module: "_core"),
    .init(
      name: "buffer", qualifiedName: "buffer", type: "char[64]", kind: .functionStatic,
      owner: "format", file: "src/z.c", line: 9, column: 5, verdict: .hazardous,
      proof: "written and read without a lock", rule: "static-scratch-buffer",
      severity: .critical, atRunTime: .init(reads: 2, writes: 2, writers: ["format", "reset"])),
    .init(
      name: "calls", qualifiedName: "Counter::calls", type: "long", kind: .staticMember,
      file: "src/counter.cpp", line: 1, column: 1, verdict: .guarded,
      proof: "every access after import holds 'lock'", lock: "lock",
      atRunTime: .init(reads: 1, writes: 1, writers: ["Counter::add"])),
    .init(
      name: "error", qualifiedName: "error", type: "PyObject *", kind: .moduleStateField,
      owner: "core_state", file: "src/core.h", line: 3, column: 13,
      verdict: .initialisationOnly,
      proof: "written only while the module is imported or taken down, in 'fill'",
      atImport: .init(reads: 0, writes: 1, writers: ["fill"])),
    .init(
      name: hostileName, qualifiedName: hostileName, type: "int\u{7}", kind: .fileStatic,
      file: "src/\u{200B}x.c", line: 1, column: 1, verdict: .generated,
      proof: "cython's own\nruntime", generator: "cython"),
    .init(
      name: "", qualifiedName: "", type: "(anonymous union at src/counter.cpp:8)",
      kind: .fileStatic, file: "src/counter.cpp", line: 8, column: 8, verdict: .neverWritten,
      proof: "no code writes it"),
  ]

  private static func table(_ states: [StateTable.State]) -> StateTable {
    let report = Menagerie.report
    return StateTable(
      tool: report.tool, package: report.package, states: states, coverage: report.coverage,
      notes: report.notes)
  }

  private func text(_ states: [StateTable.State], colour: Bool = false, width: Int = 80) -> String {
    StateTextReporter().render(
      Self.table(states), style: .init(colour: colour, width: width))
  }

  @Test func text() throws {
    try expectGolden(text(Self.states), "state.txt")
  }

  @Test func json() throws {
    let text = StateJSONReporter().render(
      Self.table(Self.states), style: .init(colour: true, width: 80))
    try expectGolden(text, "state.json")
  }

  /// However the states come, they leave in one order: the worst first.
  @Test func orderIsFixed() {
    let one = text(Self.states)
    #expect(text(Self.states.reversed()) == one)
    let names = Self.table(Self.states).states.map(\.name)
    #expect(names.prefix(3) == ["buffer", "cache", "hits"])
    #expect(names.last == "limits")
  }

  /// A state's line is never cut or wrapped: it can be searched for.
  @Test func linesAreWhole() {
    let name = String(repeating: "long_name_", count: 12)
    let state = StateTable.State(
      name: name, qualifiedName: name, type: "struct { int a; }", kind: .fileStatic,
      file: "a.c", line: 1, column: 1, verdict: .const, proof: "the object is const")
    let lines = text([state], width: 40).split(separator: "\n")
    #expect(
      lines.contains { $0.contains("a.c:1") && $0.contains(name) && $0.hasSuffix("{ int a; }") })
  }

  @Test func nothingToList() {
    let output = text([])
    #expect(output.hasPrefix("menagerie 1.2.3\n0 static objects.\n"))
    #expect(output.contains("COVERAGE"))
  }

  /// A table that may lack objects says so.
  @Test func incompletenessIsSaid() {
    let notes = Self.table([]).notes
    #expect(
      notes.first == "Not listed are objects of files that could not be analysed (1), and objects "
        + "whose types come from headers that are missing (in files: 1).")
  }

  @Test(arguments: [false, true])
  func hostileTextIsShownEscaped(colour: Bool) {
    let output = text(Self.states, colour: colour)
    let controls = output.unicodeScalars.filter {
      $0.value < 0x20 && $0 != "\n" && !(colour && $0.value == 0x1B)
    }
    #expect(controls.isEmpty)
    #expect(output.contains("a\\u{001B}[31m\\u{202E}b"))
    #expect(!output.contains("\u{202E}") && !output.contains("\u{200B}"))
  }

  @Test func schemaNamesTheSetsOfTheCode() throws {
    let file = repository.appending(path: "Reports/schema/state-1.json")
    let schema = try #require(
      JSONSerialization.jsonObject(with: try Data(contentsOf: file)) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: Any])
    let verdict = try #require(definitions["verdict"] as? [String: Any])
    #expect(verdict["enum"] as? [String] == StateTable.Verdict.allCases.map(\.rawValue))
    let state = try #require(definitions["state"] as? [String: Any])
    let properties = try #require(state["properties"] as? [String: Any])
    let kind = try #require(properties["kind"] as? [String: Any])
    #expect(kind["enum"] as? [String] == StateTable.Kind.allCases.map(\.rawValue))
    let severity = try #require(properties["severity"] as? [String: Any])
    let severities = try #require(severity["enum"] as? [Any]).compactMap { $0 as? String }
    #expect(severities.sorted() == Severity.allCases.map(\.rawValue).sorted())
  }
}

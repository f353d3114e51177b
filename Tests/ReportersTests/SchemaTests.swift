import Findings
import Foundation
import Reporters
import Testing

/// The published schema and what the reporter writes must not part ways.
struct SchemaTests {
  private static let schemaFile = repository.appending(path: "Reports/schema/report-1.json")

  /// Runs `Scripts/validate-json` and gives its exit code and what it printed.
  private func validate(_ text: String) throws -> (status: Int32, output: String) {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    try Data(text.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = repository.appending(path: "Scripts/validate-json")
    process.arguments = [Self.schemaFile.path(), file.path()]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }

  private func render(_ report: AuditReport) -> String {
    JSONReporter().render(
      report, sources: Menagerie.sources, style: .init(colour: false, width: 80))
  }

  @Test func reportsAreValid() throws {
    for report in [Menagerie.report, Menagerie.silent] {
      let (status, output) = try validate(render(report))
      #expect(status == 0, "\(output)")
    }
  }

  /// The schema must be able to say no, in each part.
  @Test(arguments: [
    ("\"schemaVersion\": \"1\"", "\"schemaVersion\": \"2\""),
    ("\"score\": 37", "\"score\": 137"),
    ("\"severity\": \"critical\"", "\"severity\": \"fatal\""),
    ("\"role\": \"write\"", "\"role\": \"writes\""),
    ("\"kind\": \"inline\"", "\"kind\": \"inline\", \"more\": 1"),
    ("\"status\": \"skipped\"", "\"status\": \"left out\""),
    ("\"initialisation\": \"framework:Cython\"", "\"initialisation\": \"framework:\""),
    ("\"declaration\": \"missing\"", "\"declaration\": \"absent\""),
    ("\"version\": \"1.2.3\"", "\"edition\": \"1.2.3\""),
    ("\"points\": 22.5", "\"points\": \"22.5\""),
    ("\"file\": \"src/core.c\"", "\"file\": \"/src/core.c\""),
    ("\"filesFound\": 4", "\"filesFound\": -4"),
    ("\"startColumn\": 2", "\"startColumn\": 0"),
  ])
  func brokenReportsAreInvalid(what: String, by: String) throws {
    let text = render(Menagerie.report)
    let range = try #require(text.range(of: what))
    let (status, output) = try validate(text.replacingCharacters(in: range, with: by))
    #expect(status == 1, "\(output)")
  }

  @Test func setsAreTheOnesOfTheCode() throws {
    let data = try Data(contentsOf: Self.schemaFile)
    let schema = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: Any])
    func values(_ path: String...) throws -> [String] {
      var value = definitions
      for key in path { value = try #require(value[key] as? [String: Any]) }
      return try #require(value["enum"] as? [String]).sorted()
    }
    func raw<Set: CaseIterable & RawRepresentable<String>>(_: Set.Type) -> [String] {
      Set.allCases.map(\.rawValue).sorted()
    }
    #expect(try values("finding", "properties", "severity") == raw(Severity.self))
    #expect(try values("finding", "properties", "category") == raw(Findings.Category.self))
    #expect(try values("confidence") == raw(Confidence.self))
    #expect(try values("related", "properties", "role") == raw(RelatedRole.self))
    #expect(try values("suppression", "properties", "kind") == raw(Suppression.Kind.self))
    #expect(try values("unit", "properties", "status") == raw(AuditReport.Unit.Status.self))
  }
}

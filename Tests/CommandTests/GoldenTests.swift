import Foundation
import SystemKit
import SystemPackage
import Testing

/// The whole report on the menagerie, as users and tools get it.
struct GoldenTests {
  private func report(_ arguments: String...) async throws -> String {
    let outcome = try await ftaudit(
      ["audit", "menagerie"] + arguments, in: Surroundings.extensions)
    #expect(outcome.code == 1, "\(outcome.errors)")
    return outcome.output
  }

  @Test func text() async throws {
    try Self.compare(Self.withoutTools(try await report()), "menagerie.txt")
  }

  @Test func verboseText() async throws {
    try Self.compare(Self.withoutTools(try await report("--verbose")), "menagerie-verbose.txt")
  }

  @Test func json() async throws {
    let text = try await report("--format", "json")
    let scratch = try Scratch()
    let file = scratch.write("report.json", text)
    let validation = try await run(
      Surroundings.repository.appending("Scripts/validate-json"),
      [Surroundings.repository.appending("Reports/schema/report-1.json").string, file.string])
    #expect(validation.code == 0, "\(validation.output)\(validation.errors)")
    var normalised = text
    for key in ["clang", "headers"] {
      let pattern = try Regex("\"\(key)\": \"[^\"]*\"")
      normalised = normalised.replacing(pattern, with: "\"\(key)\": \"…\"")
    }
    try Self.compare(normalised, "menagerie.json")
  }

  /// The report without the sentence that names the versions of clang and of the headers.
  private static func withoutTools(_ text: String) -> String {
    text.replacing(/audited as [^\n]*\n(?:[^\n]+\n)*/, with: "audited as …\n", maxReplacements: 1)
  }

  /// `UPDATE_GOLDEN=1` rewrites; a missing file is written and fails.
  private static func compare(
    _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let file = Surroundings.repository.appending("Tests/CommandTests/Golden/\(name)")
    let golden = readRegularFile(file).map { String(decoding: $0, as: UTF8.self) }
    if golden == text { return }
    let update = Surroundings.environment["UPDATE_GOLDEN"] == "1"
    if update || golden == nil {
      try Data(text.utf8).write(to: URL(filePath: file.string))
    }
    if update { return }
    guard let golden else {
      Issue.record(
        "golden file '\(name)' was missing; written, read it now", sourceLocation: sourceLocation)
      return
    }
    let expected = golden.split(separator: "\n", omittingEmptySubsequences: false)
    let actual = text.split(separator: "\n", omittingEmptySubsequences: false)
    let line =
      zip(expected, actual).enumerated().first { $0.element.0 != $0.element.1 }?.offset
      ?? min(expected.count, actual.count)
    Issue.record(
      """
      '\(name)' differs from line \(line + 1) on; 'UPDATE_GOLDEN=1 swift test' rewrites it
      golden: \(line < expected.count ? String(expected[line]) : "(end)")
      now:    \(line < actual.count ? String(actual[line]) : "(end)")
      """, sourceLocation: sourceLocation)
  }
}

import Foundation
import Testing

/// The repository's top folder.
let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// Compares with a golden file. `UPDATE_GOLDEN=1 swift test` rewrites it; a missing one is written
/// and fails, so that nobody blesses what nobody has read.
func expectGolden(
  _ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = repository.appending(path: "Tests/ReportersTests/Golden/\(name)")
  let golden = try? String(contentsOf: file, encoding: .utf8)
  if golden == text { return }
  let update = ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"
  if update || golden == nil {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
  if update { return }
  guard let golden else {
    Issue.record(
      "golden file '\(name)' was missing; written, read it now", sourceLocation: sourceLocation)
    return
  }
  let expected = golden.split(separator: "\n", omittingEmptySubsequences: false)
  let actual = text.split(separator: "\n", omittingEmptySubsequences: false)
  let line = zip(expected, actual).enumerated().first { $0.element.0 != $0.element.1 }?.offset
  let at = line ?? min(expected.count, actual.count)
  Issue.record(
    """
    '\(name)' differs from line \(at + 1) on; 'UPDATE_GOLDEN=1 swift test' rewrites it
    golden: \(at < expected.count ? String(expected[at]) : "(end)")
    now:    \(at < actual.count ? String(actual[at]) : "(end)")
    """, sourceLocation: sourceLocation)
}

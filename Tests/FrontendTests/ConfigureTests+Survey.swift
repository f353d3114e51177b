import Foundation
import SystemPackage
import Testing

@testable import Frontend

/// Prints what is configured for every folder below `FTAUDIT_SURVEY`: for reading, not a check.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["FTAUDIT_SURVEY"] != nil))
struct ConfigureSurvey {
  @Test func survey() throws {
    let base = try #require(ProcessInfo.processInfo.environment["FTAUDIT_SURVEY"])
    for name in try FileManager.default.contentsOfDirectory(atPath: base).sorted() {
      let start = Date()
      let tree = try Acquisition().acquire(base + "/" + name)
      defer { tree.cleanUp() }
      let found = try configure(tree)
      let milliseconds = Int(Date().timeIntervalSince(start) * 1000)
      print("== \(name): \(tree.name ?? "?") \(tree.version ?? "?") \(milliseconds) ms")
      func short(_ folder: String) -> String {
        folder == tree.root.string ? "." : String(folder.dropFirst(tree.root.string.count + 1))
      }
      for unit in found.units {
        print(
          "  unit \(unit.path) \(unit.language) python=\(unit.includesPython)",
          unit.limitedAPI.map { "limited=\($0)" } ?? "", unit.flags.joined(separator: " "),
          "quote=\(unit.quoteFolders.map(short)) after=\(unit.afterFolders.map(short))")
      }
      for unit in found.refused { print("  refused \(unit.path): \(unit.reason)") }
      for source in found.skipped { print("  skipped \(source.path): \(source.reason.text)") }
      for source in found.notApplicable { print("  other \(source.path): \(source.reason.text)") }
      print("  build \(found.buildFacts)")
      for source in found.cythonSources { print("  cython \(source)") }
      for warning in found.warnings { print("  warning \(warning)") }
    }
  }
}

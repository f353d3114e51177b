import SystemPackage
import Testing

/// The same bytes for the same input, however many workers there are and whichever ends first.
struct DeterminismTests {
  @Test(arguments: ["text", "json"])
  func sameBytes(_ format: String) async throws {
    let scratch = try Scratch()
    for folder in Fixture.folders { try scratch.copy(fixture: folder, as: folder) }
    func audit(jobs: Int) async throws -> String {
      let outcome = try await ftaudit(
        ["audit", ".", "--format", format, "--verbose", "--jobs", "\(jobs)"], in: scratch.path)
      #expect(outcome.code == 1, "\(outcome.errors)")
      #expect(outcome.output.utf8.count > 10_000)
      return outcome.output
    }
    let first = try await audit(jobs: 1)
    #expect(try await audit(jobs: 4) == first)
  }
}

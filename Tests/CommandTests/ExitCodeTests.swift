import Foundation
import SystemKit
import SystemPackage
import Testing

/// Exit codes and the sentences that go with them, by the built program.
struct ExitCodeTests {
  private static let clean = "gil-slot-missing/good.c"
  private static let hazardous = "gil-slot-missing/bad.c"

  private func package(_ fixtures: String...) throws -> Scratch {
    let scratch = try Scratch()
    for fixture in fixtures {
      let name = try #require(FilePath(fixture).lastComponent?.string)
      try scratch.copy(fixture: fixture, as: "package/\(name)")
    }
    return scratch
  }

  private func expect(
    _ code: Int, _ sentence: String, _ arguments: [String], in folder: FilePath? = nil,
    environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let outcome = try await ftaudit(arguments, in: folder, environment: environment)
    #expect(
      outcome.code == code, "\(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(
      sentence.isEmpty || outcome.errors.contains(sentence), "\(outcome.errors)",
      sourceLocation: sourceLocation)
  }

  @Test func passed() async throws {
    let scratch = try package(Self.clean)
    try await expect(0, "", ["audit", scratch.path.string])
  }

  @Test func failed() async throws {
    let scratch = try package(Self.hazardous)
    try await expect(1, "", ["audit", scratch.path.string])
    try await expect(0, "", ["audit", scratch.path.string, "--fail-on", "none"])
    try await expect(0, "", ["audit", scratch.path.string, "--fail-on", "critical"])
    try await expect(1, "", ["audit", scratch.path.string, "--fail-on", "info"])
  }

  @Test func missingInput() async throws {
    try await expect(2, "There is no '/nonexistent/package'", ["audit", "/nonexistent/package"])
    try await expect(2, "is neither a folder nor a regular file", ["audit", "/dev/null"])
  }

  @Test func archivesThatCannotBeRead() async throws {
    let scratch = try Scratch()
    let noise = scratch.write("package-1.0.tar.gz", "this is no archive")
    try await expect(2, "is not an archive that can be read", ["audit", noise.string])
    let good = try await makeArchive(in: scratch)
    let bytes = try #require(readRegularFile(good))
    let cut = scratch.path.appending("cut.tar.gz")
    #expect(writeNewFile(cut, Array(bytes.prefix(bytes.count / 2))))
    try await expect(2, "ftaudit: ", ["audit", cut.string])
    let empty = scratch.write("empty.tar.gz", "")
    try await expect(2, "is empty", ["audit", empty.string])
  }

  private func makeArchive(in scratch: Scratch) async throws -> FilePath {
    try scratch.copy(fixture: Self.hazardous, as: "package-1.0/module.c")
    let made = try await run(
      "/usr/bin/env", ["tar", "czf", "good.tar.gz", "package-1.0"], in: scratch.path)
    try #require(made.code == 0, "\(made.errors)")
    return scratch.path.appending("good.tar.gz")
  }

  @Test func nothingToAudit() async throws {
    let scratch = try Scratch()
    makeFolders(scratch.path.appending("empty"))
    scratch.write("python/module.py", "x = 1\n")
    try await expect(3, "nothing to audit", ["audit", "empty"], in: scratch.path)
    try await expect(3, "nothing to audit", ["audit", "python"], in: scratch.path)
  }

  @Test func nothingCouldBeAnalysed() async throws {
    let scratch = try Scratch()
    scratch.write("a.c", "#include \"/etc/passwd\"\n")
    try await expect(2, "could not be analysed", ["audit", scratch.path.string])
  }

  @Test func coverage() async throws {
    let scratch = try package(Self.clean)
    scratch.write("package/refused.c", "#include \"/etc/passwd\"\n")
    try await expect(0, "", ["audit", scratch.path.string])
    try await expect(
      2, "less than the 90 %", ["audit", scratch.path.string, "--min-coverage", "90"])
    try await expect(0, "", ["audit", scratch.path.string, "--min-coverage", "50"])
  }

  @Test(arguments: [
    (["--format", "yaml"], "There is no format 'yaml'"),
    (["--fail-on", "awful"], "There is no severity 'awful'"),
    (["--target", "3.12"], "There is no target '3.12'"),
    (["--min-coverage", "101"], "--min-coverage is a percentage"),
    (["--jobs", "0"], "--jobs must be at least 1"),
    (["--unit-timeout", "0"], "--unit-timeout must be more than 0"),
    (["--colour"], "Unknown option '--colour'"),
    (["second", "--format", "json"], "takes one input"),
    (["--format", "\u{1B}[2J"], "There is no format '\\u{001B}[2J'"),
  ])
  func usage(_ arguments: [String], _ sentence: String) async throws {
    let outcome = try await ftaudit(["audit", "."] + arguments)
    #expect(outcome.code == 64, "\(outcome.output)\(outcome.errors)")
    #expect(
      outcome.errors.lowercased().contains(sentence.lowercased()), "\(outcome.errors)")
    #expect(outcome.output.isEmpty)
  }

  @Test func noInputAndUnknownCommands() async throws {
    try await expect(64, "", ["audit"])
    try await expect(64, "", ["audti", "."])
    try await expect(64, "gil-slot-mising", ["explain", "gil-slot-mising"])
  }

  @Test func missingTools() async throws {
    let scratch = try package(Self.clean)
    let input = scratch.path.string
    try await expect(
      2, "There is no 'Python.h' for '/nonexistent'", ["audit", input, "--python", "/nonexistent"])
    try await expect(2, "no libclang", ["audit", input, "--libclang", "/nonexistent/libclang.so"])
    try await expect(
      2, "no libclang", ["audit", input],
      environment: ["FTAUDIT_LIBCLANG": "/nonexistent/libclang.so"])
    // A library, but not libclang.
    scratch.write("libclang.so", "no library")
    try await expect(2, "no libclang", ["audit", input, "--libclang", "\(input)/libclang.so"])
  }

  @Test func output() async throws {
    let scratch = try package(Self.hazardous)
    let folder = scratch.path
    try await expect(
      2, "The report cannot be written to '/nonexistent/report.json'",
      ["audit", "package", "--output", "/nonexistent/report.json"], in: folder)
    let outcome = try await ftaudit(
      ["audit", "package", "--format", "json", "--output", "report.json"], in: folder)
    #expect(outcome.code == 1)
    #expect(outcome.output.isEmpty)
    let text = String(
      decoding: try #require(readRegularFile(folder.appending("report.json"))), as: UTF8.self)
    #expect(try ReportJSON(text).findings.map(\.rule) == ["gil-slot-missing"])
  }

  /// Of several inputs each is audited; what could not be done weighs most.
  @Test func severalInputs() async throws {
    let scratch = try package(Self.clean)
    try scratch.copy(fixture: Self.hazardous, as: "bad/bad.c")
    scratch.write("python/module.py", "x = 1\n")
    let folder = scratch.path
    try await expect(1, "", ["audit", "package", "bad"], in: folder)
    try await expect(2, "There is no 'gone'", ["audit", "bad", "gone"], in: folder)
    try await expect(1, "nothing to audit", ["audit", "python", "bad"], in: folder)
    try await expect(3, "nothing to audit", ["audit", "python", "python"], in: folder)
    let both = try await ftaudit(["audit", "package", "bad"], in: folder)
    #expect(both.output.contains("gil_slot_missing_good"))
    #expect(both.output.contains("gil_slot_missing_bad"))
  }
}

import SystemKit
import SystemPackage
import Testing

/// `ftaudit fix` by the built program: what it refuses and how it ends.
struct FixCommandTests {
  private func package() throws -> Scratch {
    let scratch = try Scratch()
    try scratch.copy(fixture: "gil-slot-missing/bad.c", as: "package/module.c")
    return scratch
  }

  private func expect(
    _ code: Int, _ sentence: String, _ arguments: [String], in folder: FilePath? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let outcome = try await ftaudit(["fix"] + arguments, in: folder)
    #expect(
      outcome.code == code, "\(outcome.output)\(outcome.errors)", sourceLocation: sourceLocation)
    #expect(
      outcome.errors.contains(sentence), "\(outcome.errors)", sourceLocation: sourceLocation)
  }

  @Test func wrongUsage() async throws {
    let scratch = try package()
    let folder = scratch.path.string
    try await expect(64, "one of --diff", [folder])
    try await expect(64, "one of --diff", ["--diff", "--write", folder])
    try await expect(64, "--output is for --diff", ["--write", "-o", "x", folder])
    try await expect(64, "There is no rule 'nonsense'", ["--diff", "--rule", "nonsense", folder])
    try await expect(2, "There is no '/nonexistent/package'", ["--diff", "/nonexistent/package"])
  }

  @Test func onlyFoldersAreWritten() async throws {
    let scratch = try package()
    let made = try await run(
      "/usr/bin/env", ["tar", "czf", "package-1.0.tar.gz", "package"], in: scratch.path)
    try #require(made.code == 0, "\(made.errors)")
    let archive = scratch.path.appending("package-1.0.tar.gz").string
    try await expect(64, "--write changes the files of a folder", ["--write", archive])
    try await expect(64, "--write changes the files of a folder", ["--write", "package==1.0"])
    try await expect(0, "0 of 1 finding repaired", ["--diff", archive])
  }

  @Test func nothingToRepair() async throws {
    let scratch = try package()
    let folder = scratch.path.appending("package")
    let before = readRegularFile(folder.appending("module.c"))
    try await expect(
      0, "left out: 1 no mechanical repair for the rule.", ["--write", folder.string])
    #expect(readRegularFile(folder.appending("module.c")) == before)
    makeFolders(scratch.path.appending("empty"))
    try await expect(3, "nothing to audit", ["--diff", "empty"], in: scratch.path)
  }

  @Test func filesAreReplacedWhole() throws {
    let scratch = try Scratch()
    let file = scratch.write("a.c", "old\n")
    #expect(replaceFile(file, with: Array("new\n".utf8)))
    #expect(readRegularFile(file) == Array("new\n".utf8))
    #expect(folderEntries(scratch.path) == ["a.c"])
    #expect(!replaceFile(scratch.path.appending("b.c"), with: []))
    #expect(!replaceFile(scratch.path, with: []))
  }
}

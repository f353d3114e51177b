import Foundation
import SystemKit
import SystemPackage
import Testing

/// A package of files that crash, hang or flood clang, and of files that reach out of it.
struct HostileTests {
  private struct Entry: Decodable {
    var file: String
    var hazard: String
    var expect: String
  }

  @Test(.timeLimit(.minutes(10)))
  func everyFileCostsItsUnitOnly() async throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("package")
    let made = try await run(
      "/usr/bin/env",
      ["python3", "-B", Surroundings.extensions.appending("hostile/make").string, folder.string])
    try #require(made.code == 0, "\(made.errors)")
    let before = Self.listing(folder)
    let manifest = try JSONDecoder().decode(
      [Entry].self, from: Data(#require(readRegularFile(folder.appending("manifest.json")))))

    let audit = try await ftaudit(
      ["audit", folder.string, "--format", "json", "--jobs", "2", "--unit-timeout", "2"])
    #expect(audit.code == 1, "the finding of 'fine.c' fails the gate: \(audit.errors)")
    let report = try ReportJSON(audit.output)
    let units = Dictionary(uniqueKeysWithValues: report.coverage.units.map { ($0.file, $0) })
    for entry in manifest {
      let unit = units[entry.file]
      let what = "\(entry.file.debugDescription): \(entry.hazard): \(unit?.reason ?? "")"
      switch entry.expect {
      case "analysed":
        #expect(unit?.status == "analysed", "\(what)")
      case "unanalysed", "skipped":
        #expect(unit?.status == entry.expect, "\(what)")
        #expect(unit?.reason?.isEmpty == false, "\(what)")
      case "either":
        if unit?.status == "unanalysed" { #expect(unit?.reason?.isEmpty == false, "\(what)") }
      default:
        Issue.record("the manifest expects '\(entry.expect)'")
      }
    }
    let places = report.findings.map { "\($0.file):\($0.line): \($0.rule)" }
    let fine = Marker.read(
      String(decoding: readRegularFile(folder.appending("fine.c")) ?? [], as: UTF8.self),
      file: "fine.c")
    #expect(places == fine.map { $0.place.description })

    // Once more in the other format, without what takes long.
    for unit in report.coverage.units where unit.reason?.contains("longer than") == true {
      try FileManager.default.removeItem(atPath: folder.appending(unit.file).string)
    }
    let after = Self.listing(folder)
    #expect(Set(after).isSubset(of: before), "the audit wrote into the package")
    let text = try await ftaudit(
      ["audit", folder.string, "--verbose", "--jobs", "2", "--unit-timeout", "2"])
    #expect(text.code == 1)
    for output in [audit.output, audit.errors, text.output, text.errors] {
      Self.expectNothingForeign(output)
    }
    #expect(!text.output.unicodeScalars.contains { Self.obeyed.contains($0) })
    #expect(!text.errors.unicodeScalars.contains { Self.obeyed.contains($0) })
    #expect(Self.listing(folder) == after, "the audit wrote into the package")
  }

  /// What of a file outside was compiled does not come out by the model's text either.
  @Test(arguments: [
    "#include \"/etc/passwd\"\n", "#embed \"/etc/passwd\"\n",
    "#define NAME(path) #path\n#embed NAME(/etc/passwd)\n",
    "#define WHERE \"/etc/passwd\"\n%:include WHERE\n", "#include_next </etc/passwd>\n",
  ])
  func nothingComesOut(_ directive: String) async throws {
    let scratch = try Scratch()
    let source = "const char *text(void) {\n  static const char bytes[] = {\n"
    let file = scratch.write("leak.c", source + directive + "  };\n  return bytes;\n}\n")
    let audit = ["audit", scratch.path.string, "--format", "json"]
    for arguments in [audit, ["dump-ir", file.string]] {
      let outcome = try await ftaudit(arguments)
      #expect(outcome.code == 2, "\(outcome.output)\(outcome.errors)")
      Self.expectNothingForeign(outcome.output)
      Self.expectNothingForeign(outcome.errors)
    }
  }

  /// What a terminal obeys or shows turned round.
  private static let obeyed: Set<Unicode.Scalar> = [
    "\u{1B}", "\u{07}", "\u{9B}", "\u{202E}", "\u{2066}", "\u{2069}",
  ]

  private static func expectNothingForeign(_ output: String) {
    let users = String(decoding: readRegularFile("/etc/passwd") ?? [], as: UTF8.self)
    for line in users.split(separator: "\n") {
      // The first fields: 'root:x:0'.
      let start = line.split(separator: ":", omittingEmptySubsequences: false).prefix(3)
      #expect(!output.contains(start.joined(separator: ":")), "a line of /etc/passwd is shown")
    }
    #expect(!output.contains("/bin/bash"))
    #expect(!output.contains("nologin"))
  }

  private static func listing(_ folder: FilePath) -> [String] {
    (folderEntries(folder) ?? []).map { name in
      "\(name) \(fileStatus(folder.appending(name), followLink: false)?.size ?? -1)"
    }
  }
}

import SystemKit
import SystemPackage
import Testing

/// Archives, compilation databases and odd names.
struct InputTests {
  private func audit(_ input: String, in folder: FilePath) async throws -> ReportJSON {
    let outcome = try await ftaudit(
      ["audit", input, "--format", "json", "--fail-on", "none"], in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try ReportJSON(outcome.output)
  }

  private func python(_ script: String, in folder: FilePath) async throws {
    let outcome = try await run("/usr/bin/env", ["python3", "-c", script], in: folder)
    try #require(outcome.code == 0, "\(outcome.errors)")
  }

  @Test func archivesTellWhatTheFolderTells() async throws {
    let scratch = try Scratch()
    let top = "menagerie-1.2.3"
    try scratch.copy(Surroundings.extensions.appending("menagerie"), as: top)
    let folder = scratch.path
    try await python(
      """
      import shutil
      shutil.make_archive('tar', 'gztar', '.', '\(top)')
      shutil.make_archive('zip', 'zip', '.', '\(top)')
      """, in: folder)
    let plain = try await audit(top, in: folder)
    #expect(plain.findings.count >= 3)
    for archive in ["tar.tar.gz", "zip.zip"] {
      let packed = try await audit(archive, in: folder)
      #expect(packed.findings == plain.findings, "\(archive)")
      #expect(packed.modules == plain.modules, "\(archive)")
      #expect(packed.coverage == plain.coverage, "\(archive)")
    }
  }

  /// Links and names that lead out of the archive are left out, and that is said.
  @Test func archiveThatReachesOut() async throws {
    let scratch = try Scratch()
    try scratch.copy(fixture: "gil-slot-missing/bad.c", as: "bad.c")
    let folder = scratch.path.appending("below")
    makeFolders(folder)
    try await python(
      """
      import io, tarfile
      archive = tarfile.open('evil.tar.gz', 'w:gz')
      archive.add('../bad.c', 'package-1.0/bad.c')
      def add(name, kind, link='', data=b''):
          entry = tarfile.TarInfo(name)
          entry.type, entry.linkname, entry.size = kind, link, len(data)
          archive.addfile(entry, io.BytesIO(data))
      add('package-1.0/link.c', tarfile.SYMTYPE, '/etc/passwd')
      add('package-1.0/hard.c', tarfile.LNKTYPE, '/etc/passwd')
      add('package-1.0/pipe.c', tarfile.FIFOTYPE)
      add('../escaped.c', tarfile.REGTYPE, data=b'int x;')
      add('/tmp/ftaudit-escaped.c', tarfile.REGTYPE, data=b'int x;')
      archive.close()
      """, in: folder)
    let outcome = try await ftaudit(
      ["audit", "evil.tar.gz", "--format", "json", "--fail-on", "none"], in: folder)
    #expect(fileStatus(scratch.path.appending("escaped.c")) == nil)
    #expect(fileStatus("/tmp/ftaudit-escaped.c") == nil)
    #expect(!outcome.output.contains("root:x:0"))
    if outcome.code == 0 {
      let report = try ReportJSON(outcome.output)
      #expect(report.findings.map(\.rule) == ["gil-slot-missing"])
      #expect(report.notes.contains { $0.contains("were not unpacked") })
    } else {
      #expect(outcome.code == 2, "\(outcome.errors)")
      #expect(!outcome.errors.isEmpty)
    }
  }

  @Test func compileCommands() async throws {
    let scratch = try Scratch()
    let folder = scratch.path
    try scratch.copy(fixture: "gil-slot-missing/bad.c", as: "package/a.c")
    // Declares only with a macro of the command; and a second source that is not compiled.
    let text = String(
      decoding: try #require(readRegularFile(folder.appending("package/a.c"))), as: UTF8.self)
    let guarded = text.replacing(
      "{0, NULL},\n};",
      with: "#ifdef DECLARED\n{Py_mod_gil, Py_MOD_GIL_NOT_USED},\n#endif\n{0, NULL}};"
    ).replacing("gil_slot_missing_bad", with: "guarded")
    scratch.write("package/guarded.c", guarded)
    let hostile = [
      "-DDECLARED", "-o", "\(folder)/made.o", "-MD", "-MF", "\(folder)/made.d", "-Xclang",
      "-emit-obj", "-save-temps", "-fplugin=\(folder)/plugin.so", "-include", "/etc/passwd",
      "-I/etc", "--serialize-diagnostics", "\(folder)/made.dia", "-ftime-trace",
      "-fcrash-diagnostics-dir=\(folder)",
    ]
    let arguments = (["cc"] + hostile + ["-c", "guarded.c"]).map { "\"\($0)\"" }
    scratch.write(
      "package/compile_commands.json",
      """
      [{"directory": "\(folder)/package", "file": "guarded.c",
        "arguments": [\(arguments.joined(separator: ", "))]}]
      """)
    let before = folderEntries(folder)
    let report = try await audit("package", in: folder)
    #expect(report.modules.map(\.name) == ["guarded"])
    #expect(report.modules.map(\.declaration) == ["not-used"])
    #expect(
      report.coverage.units.map { "\($0.file) \($0.status)" } == [
        "a.c skipped", "guarded.c analysed",
      ])
    #expect(folderEntries(folder) == before)
    #expect(
      folderEntries(folder.appending("package")) == [
        "a.c", "compile_commands.json", "guarded.c",
      ])
  }

  @Test(arguments: ["with blanks", "naïve ☃ 日本", "quote's \"two\"", "-dash", "per%cent#hash"])
  func oddNames(_ name: String) async throws {
    let scratch = try Scratch()
    try scratch.copy(fixture: "gil-slot-missing/header", as: "\(name)/src \(name)")
    let report = try await audit("./\(name)", in: scratch.path)
    #expect(report.findings.map(\.rule) == ["gil-slot-missing"])
    #expect(report.findings.allSatisfy { $0.file.hasPrefix("src \(name)/") })
    #expect(report.coverage.units.allSatisfy { $0.status == "analysed" })
  }

  @Test func escapesInNamesAreShown() async throws {
    let scratch = try Scratch()
    try scratch.copy(fixture: "gil-slot-missing/bad.c", as: "package/\u{1B}[31mred\u{202E}.c")
    let outcome = try await ftaudit(["audit", "package", "--verbose"], in: scratch.path)
    #expect(outcome.code == 1, "\(outcome.errors)")
    #expect(!outcome.output.contains("\u{1B}"))
    #expect(!outcome.output.contains("\u{202E}"))
    #expect(outcome.output.contains("\\u{001B}[31mred\\u{202E}.c"))
    let gone = try await ftaudit(["audit", "\u{1B}[2Jgone"], in: scratch.path)
    #expect(gone.code == 2)
    #expect(!gone.errors.contains("\u{1B}"))
  }

  /// Where a package lies is no part of what is said of it.
  @Test func reasonsHaveRelativePaths() async throws {
    let scratch = try Scratch()
    let utf16: [UInt8] = [0xFF, 0xFE] + "int x;\n".utf8.flatMap { [$0, 0] }
    #expect(writeNewFile(scratch.path.appending("package/utf16.c"), utf16))
    let report = try await audit("package", in: scratch.path)
    #expect(report.coverage.units.map(\.status) == ["partly-analysed"])
    #expect(report.coverage.units.first?.reason?.contains("'utf16.c'") == true)
  }

  /// No colour in a pipe, with or without the user's wish.
  @Test(arguments: ["", "1"])
  func colour(_ noColour: String) async throws {
    let folder = Surroundings.extensions
    let outcome = try await ftaudit(
      ["audit", "menagerie"], in: folder,
      environment: ["NO_COLOR": noColour, "TERM": "xterm-256color"])
    #expect(!outcome.output.contains("\u{1B}"))
  }
}

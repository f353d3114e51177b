import ClangKit
import Foundation
import Testing

/// Files, places, macros, diagnostics and precompiled headers.
@Suite struct SourceTests {
  @Test func extentsAreBytesOfTheFile() throws {
    let source = "/* \u{E4} */ int f(void) { return 1; }\n"
    let unit = try Parsing.unit(source)
    let function = try #require(unit.cursor.children.first)
    let extent = function.extent
    let file = try #require(extent.file)
    #expect(unit.path(of: file) == "/memory/unit.c")
    #expect(unit.contents(of: file) == Array(source.utf8))
    #expect(extent.start == 9 && extent.end == source.utf8.count - 1)
    #expect(function.location.offset == 13)
    #expect(!extent.isInMacro)
    #expect(unit.file(named: "/memory/unit.c") == file)
    #expect(unit.file(named: "/memory/none.c") == nil)
  }

  @Test func macroPlacesAgreeWithTheInterface() throws {
    let unit = try Parsing.unit(
      """
      #define ONE 1
      #define CALL(f, x) f(x)
      #define DECLARE(name) int name(int a) { return a + ONE; }
      DECLARE(made)
      int plain(int a) {
        int b = ONE;
        if (CALL(plain, a)) return CALL(made, b + ONE);
        return a;
      }
      """)
    var inMacro = 0
    for cursor in Parsing.all(unit.cursor) where cursor.extent.file != nil {
      // In a macro the first token is spelled elsewhere than where it expands: in its
      // definition, or as an argument after the macro's name.
      let spelled = cursor.spellingStart
      let expected = spelled.file != cursor.extent.file || spelled.offset != cursor.extent.start
      #expect(cursor.extent.isInMacro == expected, "\(cursor.kind) \(cursor.spelling)")
      inMacro += expected ? 1 : 0
    }
    #expect(inMacro > 10)
  }

  @Test func aMacrosRangeIsItsOutermostUse() throws {
    let source =
      "#define IN(x) g(x)\n#define OUT(x) IN(x)\nvoid g(int);\nvoid f(void) { OUT(1); }\n"
    let unit = try Parsing.unit(source)
    let call = try Parsing.first(.callExpr, in: unit)
    let start = try #require(source.range(of: "OUT(1)")).lowerBound
    #expect(call.extent.start == source.utf8.distance(from: source.startIndex, to: start))
    #expect(call.extent.end - call.extent.start == 6)
    #expect(call.extent.isInMacro)
  }

  @Test func thePreprocessingRecordShowsMacros() throws {
    let source = "#define TWO 2\nint a = TWO;\n"
    let kinds = try Parsing.unit(source, options: [.preprocessingRecord]).cursor.children
      .filter { $0.kind == .macroExpansion }
    #expect(kinds.map(\.spelling) == ["TWO"])
    let plain = try Parsing.unit(source).cursor.children
    #expect(!plain.contains { $0.kind == .macroExpansion })
  }

  @Test func keepGoingReadsOnAfterAMissingHeader() throws {
    let source = "#include <missing.h>\nint after(void) { return 1; }\nint bad = none;\n"
    let unit = try Parsing.unit(source, options: [.keepGoing])
    #expect(unit.cursor.children.map(\.spelling).contains("after"))
    let found = unit.diagnostics(from: .error, limit: 10)
    #expect(
      found.map(\.message) == [
        "'missing.h' file not found", "use of undeclared identifier 'none'",
      ])
    #expect(found.map(\.line) == [1, 3])
    #expect(found.last?.column == 11)
    #expect(try #require(found.first).severity >= .error)
  }

  @Test func diagnosticsAreLimitedAndFiltered() throws {
    let unit = try Parsing.unit("#warning seen\nint a = x;\nint b = y;\n")
    #expect(unit.diagnostics(from: .error, limit: 1).count == 1)
    #expect(unit.diagnostics(from: .error, limit: 10).count == 2)
    #expect(unit.diagnostics(from: .warning, limit: 10).count == 3)
    #expect(DiagnosticSeverity.warning < .error)
  }

  @Test func includedFilesAreListed() throws {
    let unit = try Parsing.unit(
      "#include \"h.h\"\nint a;",
      files: [UnsavedFile(path: "/memory/h.h", text: "int from_header;")])
    #expect(
      Set(unit.includedFiles().map { unit.path(of: $0) }) == ["/memory/unit.c", "/memory/h.h"])
    #expect(unit.cursor.children.map(\.spelling) == ["from_header", "a"])
  }

  @Test func systemHeadersAreKnown() throws {
    let unit = try Parsing.unit(
      "#include <s.h>\nint own;", arguments: ["-isystem", "/memory"],
      files: [UnsavedFile(path: "/memory/s.h", text: "int theirs;")])
    #expect(try Parsing.named("theirs", in: unit).isInSystemHeader)
    #expect(try !Parsing.named("own", in: unit).isInSystemHeader)
  }

  @Test func unsavedFilesOfNoBytes() throws {
    #expect(try Parsing.unit("").cursor.children.isEmpty)
  }

  @Test func precompiledHeaderIsPassedOver() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("ftaudit-clangkit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let header = folder.appendingPathComponent("p.h").path
    let compiled = folder.appendingPathComponent("p.pch").path
    try "int from_header(int a);\nstruct theirs { int n; };\n".write(
      toFile: header, atomically: true, encoding: .utf8)
    let index = ClangIndex(try Parsing.library.get(), excludeDeclarationsFromPCH: false)
    try TranslationUnit(
      index, path: header, arguments: ["-x", "c-header"], options: [.forSerialization]
    ).save(to: compiled)

    let source = "int own(struct theirs *t) { return from_header(t->n); }"
    let arguments = ["-include-pch", compiled]
    let unit = try Parsing.unit(source, arguments: arguments, excludesPCH: true)
    #expect(unit.diagnostics(from: .error, limit: 5).map(\.message) == [])
    #expect(unit.cursor.children.map(\.spelling) == ["own"])
    let call = try Parsing.first(.callExpr, in: unit)
    #expect(call.referenced?.spelling == "from_header")
    let whole = try Parsing.unit(source, arguments: arguments)
    #expect(whole.cursor.children.map(\.spelling).contains("from_header"))
  }
}

import ClangKit
import Foundation
import Testing

/// Who keeps whom alive, and that nothing is kept for ever.
@Suite(.serialized) struct OwnershipTests {
  @Test func cursorsKeepUnitAndIndex() throws {
    weak var weakUnit: TranslationUnit?
    weak var weakIndex: ClangIndex?
    var cursor: Cursor?
    do {
      let index = ClangIndex(try Parsing.library.get(), excludeDeclarationsFromPCH: false)
      let unit = try TranslationUnit(
        index, path: "/memory/a.c", arguments: [],
        unsaved: [UnsavedFile(path: "/memory/a.c", text: "int kept(int a) { return a; }")])
      (weakUnit, weakIndex) = (unit, index)
      cursor = unit.cursor.children.first
    }
    #expect(weakUnit != nil && weakIndex != nil)
    #expect(cursor?.spelling == "kept")
    #expect(cursor?.children.map(\.spelling).first == "a")
    let type = cursor?.type
    cursor = nil
    #expect(weakUnit != nil)
    #expect(type?.spelling == "int (int)")
  }

  @Test func nothingIsLeftWhenTheLastCursorGoes() throws {
    weak var weakUnit: TranslationUnit?
    weak var weakIndex: ClangIndex?
    try {
      let unit = try Parsing.unit("int a;")
      (weakUnit, weakIndex) = (unit, unit.cursor.unit === unit ? nil : nil)
      weakUnit = unit
      #expect(Parsing.all(unit.cursor).count == 1)
    }()
    #expect(weakUnit == nil)
    #expect(weakIndex == nil)
  }

  /// Pages of memory that the process has resident; 4,096 of them are 16 MB or more.
  private func residentPages() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return try #require(Int(text.split(separator: " ")[1]))
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/statm")))
  func stringsAreDisposed() throws {
    // A spelling of 4,000 bytes, 20,000 times: 80 MB if they were kept.
    let name = String(repeating: "long", count: 1_000)
    let unit = try Parsing.unit("int \(name);")
    let cursor = try #require(unit.cursor.children.first)
    for _ in 0..<100 { _ = cursor.usr }
    let before = try residentPages()
    for _ in 0..<10_000 {
      #expect(cursor.type.spelling == "int")
      _ = cursor.usr
      _ = cursor.spelling
    }
    #expect(try residentPages() - before < 4_096)
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/statm")))
  func evaluationsAndDiagnosticsAreDisposed() throws {
    let unit = try Parsing.unit("int a = 1 + 2; int f(void) { return b; }")
    let value = try #require(Parsing.named("a", in: unit).initializer)
    #expect(value.integerValue == 3)
    #expect(unit.diagnostics(from: .error, limit: 10).count == 1)
    let before = try residentPages()
    for _ in 0..<20_000 {
      _ = value.integerValue
      _ = unit.diagnostics(from: .error, limit: 10)
    }
    #expect(try residentPages() - before < 4_096)
  }

  @Test func memoryIsCounted() throws {
    #expect(try Parsing.unit("int a;").memoryUsage > 1_000)
  }

  // MARK: Loading

  @Test func missingLibraryIsAnErrorSentence() {
    let error = #expect(throws: ClangError.self) {
      _ = try LibClang(path: "/nowhere/libclang.so")
    }
    #expect(
      error?.description.hasPrefix("libclang at '/nowhere/libclang.so' cannot be used: ") == true)
  }

  @Test func anotherLibraryIsAnErrorSentence() {
    let error = #expect(throws: ClangError.self) { _ = try LibClang(path: "libc.so.6") }
    #expect(
      error?.description.hasSuffix(
        "libc.so.6 lacks the function clang_createIndex (libclang 17 or newer is needed)") == true)
  }

  @Test func versionIsRead() throws {
    let library = try Parsing.library.get()
    #expect(library.version.contains("clang version"))
    #expect(try #require(library.majorVersion) >= 17)
  }

  @Test func unitThatCannotBeReadIsAnErrorSentence() throws {
    let index = ClangIndex(try Parsing.library.get(), excludeDeclarationsFromPCH: false)
    let error = #expect(throws: ClangError.self) {
      _ = try TranslationUnit(index, path: "/nowhere/a.c", arguments: [])
    }
    #expect(error?.description.hasPrefix("clang gave up on '/nowhere/a.c'") == true)
  }

  @Test func savingIntoNoFolderIsAnErrorSentence() throws {
    let unit = try Parsing.unit("int a;", options: [.forSerialization])
    let error = #expect(throws: ClangError.self) { try unit.save(to: "/nowhere/a.pch") }
    #expect(
      error?.description.hasPrefix("the precompiled header '/nowhere/a.pch' cannot be written")
        == true)
  }
}

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif
internal import CLibclang

/// A set of translation units that are parsed alike.
package final class ClangIndex {
  let library: LibClang
  let raw: CXIndex?

  /// With `excludeDeclarationsFromPCH`, visits pass over what a precompiled header declares.
  package init(_ library: LibClang, excludeDeclarationsFromPCH: Bool) {
    self.library = library
    raw = library.functions.clang_createIndex(excludeDeclarationsFromPCH ? 1 : 0, 0)
  }

  deinit { library.functions.clang_disposeIndex(raw) }
}

/// How a unit is parsed.
package struct ParseOptions: OptionSet, Sendable {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  /// Errors, also missing headers, do not stop the parse.
  package static let keepGoing = ParseOptions(rawValue: CXTranslationUnit_KeepGoing.rawValue)
  /// The unit will be saved as a precompiled header.
  package static let forSerialization = ParseOptions(
    rawValue: CXTranslationUnit_ForSerialization.rawValue | CXTranslationUnit_Incomplete.rawValue)
  /// Keep a record of macro definitions, expansions and inclusions.
  package static let preprocessingRecord = ParseOptions(
    rawValue: CXTranslationUnit_DetailedPreprocessingRecord.rawValue)
}

/// A file that exists only in memory.
package struct UnsavedFile: Sendable {
  package var path: String
  package var text: String

  package init(path: String, text: String) {
    self.path = path
    self.text = text
  }
}

/// A file of one translation unit; equal for equal files.
package struct SourceFile: Hashable, @unchecked Sendable {
  // Only compared, never dereferenced.
  let raw: CXFile
}

/// A parsed translation unit. It holds its index, and its cursors hold it.
package final class TranslationUnit {
  let index: ClangIndex
  let raw: CXTranslationUnit
  var functions: FTClangFunctions { index.library.functions }
  var library: LibClang { index.library }

  /// Parses `path` with clang's arguments (without the program's name and the path).
  package init(
    _ index: ClangIndex, path: String, arguments: [String], unsaved: [UnsavedFile] = [],
    options: ParseOptions = []
  ) throws(ClangError) {
    self.index = index
    let strings =
      arguments.map { strdup($0) } + unsaved.flatMap { [strdup($0.path), strdup($0.text)] }
    defer { strings.forEach { free($0) } }
    let files = unsaved.indices.map { place in
      CXUnsavedFile(
        Filename: strings[arguments.count + 2 * place],
        Contents: strings[arguments.count + 2 * place + 1],
        Length: UInt(unsaved[place].text.utf8.count))
    }
    let pointers: [UnsafePointer<CChar>?] = strings.prefix(arguments.count).map {
      UnsafePointer($0)
    }
    var unit: CXTranslationUnit?
    var mutableFiles = files
    let code = index.library.functions.clang_parseTranslationUnit2(
      index.raw, path, pointers, Int32(arguments.count), &mutableFiles, UInt32(files.count),
      options.rawValue, &unit)
    guard code == CXError_Success, let unit else {
      throw .cannotParse(path: path, code: Int(code.rawValue))
    }
    raw = unit
  }

  deinit { functions.clang_disposeTranslationUnit(raw) }

  /// Writes the unit as a precompiled header.
  package func save(to path: String) throws(ClangError) {
    let code: Int32 = functions.clang_saveTranslationUnit(raw, path, 0)
    guard code == 0 else { throw .cannotSave(path: path, code: Int(code)) }
  }

  /// The cursor of the unit itself, whose children are its declarations.
  package var cursor: Cursor { Cursor(functions.clang_getTranslationUnitCursor(raw), self) }

  /// The bytes of a file as clang read it; empty where clang has none.
  package func contents(of file: SourceFile) -> [UInt8] {
    var size = 0
    guard let bytes = functions.clang_getFileContents(raw, file.raw, &size) else { return [] }
    return Array(UnsafeRawBufferPointer(start: bytes, count: size))
  }

  /// The name of a file as it was found.
  package func path(of file: SourceFile) -> String {
    library.take(functions.clang_getFileName(file.raw))
  }

  /// A file of this unit by the path it was opened with; nil where it has none of that name.
  package func file(named path: String) -> SourceFile? {
    functions.clang_getFile(raw, path).map(SourceFile.init(raw:))
  }

  /// All files that the unit read, the main file too, without those of a precompiled header.
  package func includedFiles() -> [SourceFile] {
    final class Collector { var files: [SourceFile] = [] }
    let collector = Collector()
    functions.clang_getInclusions(
      raw,
      { file, _, _, data in
        guard let file, let data else { return }
        Unmanaged<Collector>.fromOpaque(data).takeUnretainedValue().files.append(
          SourceFile(raw: file))
      }, Unmanaged.passUnretained(collector).toOpaque())
    return collector.files
  }

  /// Bytes of memory that the unit holds, by libclang's own count.
  package var memoryUsage: Int {
    let usage = functions.clang_getCXTUResourceUsage(raw)
    defer { functions.clang_disposeCXTUResourceUsage(usage) }
    return (0..<Int(usage.numEntries)).reduce(0) { $0 + Int(usage.entries[$1].amount) }
  }
}

/// How serious clang thinks a diagnostic is.
package enum DiagnosticSeverity: UInt32, Sendable, Comparable {
  case ignored, note, warning, error, fatal
  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What clang said about a source.
package struct Diagnostic: Sendable {
  package var severity: DiagnosticSeverity
  package var message: String
  /// nil where it has no place.
  package var file: SourceFile?
  package var line: Int
  package var column: Int
  package var offset: Int
}

extension TranslationUnit {
  /// The diagnostics at or above a severity, at most `limit`, in the order of the source.
  package func diagnostics(from lowest: DiagnosticSeverity, limit: Int) -> [Diagnostic] {
    var found: [Diagnostic] = []
    for index in 0..<functions.clang_getNumDiagnostics(raw) {
      guard found.count < limit, let diagnostic = functions.clang_getDiagnostic(raw, index) else {
        continue
      }
      defer { functions.clang_disposeDiagnostic(diagnostic) }
      let severity =
        DiagnosticSeverity(rawValue: functions.clang_getDiagnosticSeverity(diagnostic).rawValue)
        ?? .ignored
      guard severity >= lowest else { continue }
      var file: CXFile?
      var (line, column, offset): (UInt32, UInt32, UInt32) = (0, 0, 0)
      functions.clang_getExpansionLocation(
        functions.clang_getDiagnosticLocation(diagnostic), &file, &line, &column, &offset)
      found.append(
        Diagnostic(
          severity: severity,
          message: library.take(functions.clang_getDiagnosticSpelling(diagnostic)),
          file: file.map(SourceFile.init(raw:)), line: Int(line), column: Int(column),
          offset: Int(offset)))
    }
    return found
  }
}

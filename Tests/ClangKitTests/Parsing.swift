import ClangKit
import Foundation
import Testing

/// A libclang for the tests, and sources parsed with it from memory.
enum Parsing {
  /// The newest libclang that the machine has, as the program would find it.
  static let library = Result { () throws(ClangError) -> LibClang in
    let environment = ProcessInfo.processInfo.environment
    var candidates: [String] = []
    if let named = environment["FTAUDIT_LIBCLANG"], !named.isEmpty { candidates.append(named) }
    for version in (17...40).reversed() {
      for name in ["libclang.so", "libclang-\(version).so.\(version)", "libclang-\(version).so.1"] {
        candidates.append("/usr/lib/llvm-\(version)/lib/\(name)")
      }
    }
    candidates += ["libclang.so", "libclang.so.1"]
    var last: ClangError?
    for path in candidates {
      do throws(ClangError) { return try LibClang(path: path) } catch { last = error }
    }
    throw last ?? .cannotLoad(path: "", why: "no libclang")
  }

  static func unit(
    _ source: String, name: String = "/memory/unit.c", arguments: [String] = [],
    files: [UnsavedFile] = [], options: ParseOptions = [], excludesPCH: Bool = false
  ) throws -> TranslationUnit {
    let index = ClangIndex(try library.get(), excludeDeclarationsFromPCH: excludesPCH)
    return try TranslationUnit(
      index, path: name, arguments: arguments,
      unsaved: [UnsavedFile(path: name, text: source)] + files, options: options)
  }

  /// All cursors below one, in the order of the source.
  static func all(_ root: Cursor) -> [Cursor] {
    var found: [Cursor] = []
    root.visitChildren { (cursor) throws(Never) in
      found.append(cursor)
      return .into
    }
    return found
  }

  static func first(_ kind: CursorKind, in unit: TranslationUnit) throws -> Cursor {
    try #require(all(unit.cursor).first { $0.kind == kind })
  }

  static func named(_ name: String, in unit: TranslationUnit) throws -> Cursor {
    try #require(all(unit.cursor).first { $0.spelling == name && $0.kind.isDeclaration })
  }
}

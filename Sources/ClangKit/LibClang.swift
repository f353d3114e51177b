internal import CLibclang

/// Why libclang could not do what was asked.
package enum ClangError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The library at `path` could not be loaded, or is too old.
  case cannotLoad(path: String, why: String)
  /// libclang gave no translation unit.
  case cannotParse(path: String, code: Int)
  case cannotSave(path: String, code: Int)

  package var description: String {
    switch self {
    case .cannotLoad(let path, let why): "libclang at '\(path)' cannot be used: \(why)"
    case .cannotParse(let path, let code):
      "clang gave up on '\(path)' (\(ClangError.name(ofParseCode: code)))"
    case .cannotSave(let path, let code):
      "the precompiled header '\(path)' cannot be written (code \(code))"
    }
  }

  private static func name(ofParseCode code: Int) -> String {
    switch code {
    case 2: "it crashed"
    case 3: "invalid arguments"
    case 4: "a precompiled header could not be read"
    default: "failure"
    }
  }
}

/// A libclang loaded at run time: its table of functions. It stays loaded for the process's life.
package final class LibClang: @unchecked Sendable {
  // Written once in 'init', so sharing the table between tasks is safe.
  let functions: FTClangFunctions
  /// The path or soname that it was loaded from.
  package let path: String

  /// Loads the library; every function that ftaudit needs must be there (LLVM 17 or newer).
  package init(path: String) throws(ClangError) {
    var table = FTClangFunctions()
    if let why = FTClangLoad(path, &table) {
      throw .cannotLoad(path: path, why: String(cString: why))
    }
    functions = table
    self.path = path
  }

  /// libclang's own version line: `Debian clang version 19.1.7`.
  package var version: String { take(functions.clang_getClangVersion()) }

  /// The major version in `version`; nil where the line has none.
  package var majorVersion: Int? {
    for word in version.split(separator: " ") {
      if let major = Int(word.prefix { $0 != "." }), major > 3 { return major }
    }
    return nil
  }

  /// Reads a string of libclang's and disposes it: the one place where that is done.
  func take(_ string: consuming CXString) -> String {
    defer { functions.clang_disposeString(string) }
    guard let bytes = functions.clang_getCString(string) else { return "" }
    return String(cString: bytes)
  }
}

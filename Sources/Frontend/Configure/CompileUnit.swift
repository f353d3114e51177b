/// One source file and how it is compiled.
package struct CompileUnit: Sendable, Hashable {
  /// The language, by the file's ending or a flag.
  package enum Language: String, Sendable, Hashable {
    case c
    case cxx
  }

  /// How the unit was found.
  package enum Origin: Sendable, Hashable {
    /// `compile_commands.json`.
    case compileCommands
    /// The tree's files and what they include.
    case inferred
  }

  /// The path relative to the root, with `/`.
  package let path: String
  /// The language.
  package let language: Language
  /// Flags for clang, all from the allowlist, in order, folders as absolute paths.
  package let flags: [String]
  /// Absolute folders found from `#include "…"`, for `-iquote`, nearest first.
  package let quoteFolders: [String]
  /// Absolute folders found from `#include <…>`, for `-idirafter`, nearest first.
  package let afterFolders: [String]
  /// Whether the unit includes `Python.h`, itself or through other headers.
  package let includesPython: Bool
  /// The value of `Py_LIMITED_API` before `Python.h` is included; empty when it is defined without
  /// one, `nil` when it is not defined.
  package let limitedAPI: String?
  /// How the unit was found.
  package let origin: Origin
  /// Size of the file in bytes; the largest units are best started first.
  package let size: Int

  package init(
    path: String, language: Language, flags: [String] = [], quoteFolders: [String] = [],
    afterFolders: [String] = [], includesPython: Bool, limitedAPI: String? = nil,
    origin: Origin = .inferred, size: Int = 0
  ) {
    self.path = path
    self.language = language
    self.flags = flags
    self.quoteFolders = quoteFolders
    self.afterFolders = afterFolders
    self.includesPython = includesPython
    self.limitedAPI = limitedAPI
    self.origin = origin
    self.size = size
  }
}

/// A source that must not be given to clang, or is no file that could be.
package struct RefusedUnit: Sendable, Hashable {
  /// The path relative to the root, with `/`.
  package let path: String
  /// Why, as the end of a sentence. Holds nothing of a file's content but the name that is included.
  package let reason: String
}

/// A source file that is no unit of its own.
package struct SkippedSource: Sendable, Hashable {
  /// Why a source is left out.
  package enum Reason: Sendable, Hashable {
    /// Another source includes it and so compiles it.
    case included(by: String)
    /// It belongs to tests, documentation, benchmarks or examples; the folder or file that says so.
    case auxiliary(String)
    /// It is for another platform; the word in its path that says so.
    case platform(String)
    /// It is a template or fragment; what shows it.
    case fragment(String)
    /// It is a program of its own, with a function `main`.
    case program
    /// The build script names it, or its folder, only for other platforms.
    case notInSetup(String)
    /// It is not among the commands of `compile_commands.json`.
    case notCompiled
    /// It is a link to a file of the package, which is taken or left out where it stands.
    case link(to: String)

    /// The reason as the end of a sentence.
    package var text: String {
      switch self {
      case .included(let by): return "it is included by '\(by)'"
      case .auxiliary(let word): return "it belongs to '\(word)', not to the package's modules"
      case .platform(let word): return "it is for another platform ('\(word)')"
      case .fragment(let why): return why
      case .program: return "it is a program, no part of a module"
      case .notInSetup(let path):
        return "the build script takes '\(path)' only for other platforms"
      case .notCompiled: return "compile_commands.json does not compile it"
      case .link(let target): return "it is a link to '\(target)'"
      }
    }
  }

  /// The path relative to the root, with `/`.
  package let path: String
  /// Why it is left out.
  package let reason: Reason
}

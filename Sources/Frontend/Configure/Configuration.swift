package import SystemPackage

/// A package, ready to be parsed.
package struct Configuration: Sendable {
  /// What is audited.
  package struct Package: Sendable, Hashable {
    /// The name; `nil` when nothing tells.
    package let name: String?
    /// The version; `nil` when nothing tells.
    package let version: String?
    /// The top folder: absolute, without links.
    package let root: FilePath
  }

  /// A header that a unit includes and the tree does not have: the system's, or one that is not
  /// there.
  package struct ExternalInclude: Sendable, Hashable {
    /// What stands between the quotes or the angle brackets.
    package let spelling: String
    /// Whether the directive is compiled for certain, as far as its own file tells.
    package let isCertain: Bool
  }

  /// What is audited.
  package let package: Package
  /// The units, sorted by path.
  package let units: [CompileUnit]
  /// Sources that must not be given to clang, sorted by path.
  package let refused: [RefusedUnit]
  /// Sources that are no units of their own, sorted by path.
  package let skipped: [SkippedSource]
  /// Sources for other platforms, sorted by path.
  package let notApplicable: [SkippedSource]
  /// The text facts of all sources that were read and of the headers they include, by path.
  package let textFacts: [String: TextFacts]
  /// For each unit's path the files of the tree that it includes, by the text; itself is first.
  package let includedFiles: [String: [String]]
  /// For each unit's path the headers below a folder that it includes and the tree lacks, in the
  /// order in which they are reached.
  package let externalIncludes: [String: [ExternalInclude]]
  /// What the build files say.
  package let buildFacts: BuildFacts
  /// All `.pyx` files, sorted by path.
  package let cythonSources: [CythonSource]
  /// What the user should know, one sentence each.
  package let warnings: [String]
  /// Whether there is nothing to audit: no unit, nothing refused and no Cython source.
  package var isEmpty: Bool { units.isEmpty && refused.isEmpty && cythonSources.isEmpty }
}

/// Choices of `configure`.
package struct ConfigureOptions: Sendable {
  /// Whether tests, documentation, benchmarks and examples are units too.
  package var includesAuxiliary: Bool

  package init(includesAuxiliary: Bool = false) {
    self.includesAuxiliary = includesAuxiliary
  }
}

/// Why a tree cannot be configured. Each description is one sentence for the user.
package enum ConfigureError: Error, Equatable, CustomStringConvertible {
  /// The root cannot be read.
  case unreadable(root: String)
  /// No folder with `Python.h` was found.
  case noPythonHeaders
  /// `--python` names something without headers.
  case noHeadersAt(path: String)

  package var description: String {
    switch self {
    case .unreadable(let root):
      return "The folder '\(root)' cannot be read; check its permissions."
    case .noPythonHeaders:
      return "No Python headers were found; install 'libpython3-dev' (3.13 or newer is best), or "
        + "name an interpreter or include folder with --python."
    case .noHeadersAt(let path):
      return "There is no 'Python.h' for '\(path)'; name an interpreter with its headers or the "
        + "folder that holds 'Python.h'."
    }
  }
}

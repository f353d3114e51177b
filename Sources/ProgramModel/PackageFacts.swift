/// A minor version of CPython, such as 3.14.
package struct InterpreterVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
  package var major: Int
  package var minor: Int

  package init(_ major: Int, _ minor: Int) {
    self.major = major
    self.minor = minor
  }

  package var description: String { "\(major).\(minor)" }

  package static func < (left: Self, right: Self) -> Bool {
    (left.major, left.minor) < (right.major, right.minor)
  }
}

/// The tool that wrote a source file.
package enum SourceGenerator: String, Hashable, Sendable, CaseIterable {
  case cython, swig, mypyc, f2py, cffi
}

/// A watched identifier in a source's text, outside comments and strings, in whatever branch of
/// whatever `#if` it stands.
package struct TextMention: Hashable, Sendable {
  /// Whether the place is compiled in the audit's view, as far as its conditions tell.
  package enum Activity: String, Hashable, Sendable, CaseIterable {
    case active, inactive, unknown
  }

  package var name: String
  package var position: SourcePosition
  /// What follows on the line, trimmed.
  package var rest: String
  /// Stands in a `#define`, as the name or in the value.
  package var isInDefine: Bool
  package var activity: Activity

  package init(
    name: String, position: SourcePosition, rest: String, isInDefine: Bool, activity: Activity
  ) {
    self.name = name
    self.position = position
    self.rest = rest
    self.isInDefine = isInDefine
    self.activity = activity
  }
}

/// What the text of one source file of the package shows without parsing.
package struct SourceFileFacts: Hashable, Sendable {
  /// Relative to the root, with `/`.
  package var path: String
  /// nil for a file written by hand.
  package var generator: SourceGenerator?
  /// In the order of the file.
  package var mentions: [TextMention]

  package init(path: String, generator: SourceGenerator?, mentions: [TextMention]) {
    self.path = path
    self.generator = generator
    self.mentions = mentions
  }
}

/// Something that the build files or a file that is not C say about extension modules.
package struct BuildFact: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// `Py_LIMITED_API` is defined for the sources named, or the extension is built with
    /// `py_limited_api`. `value` is the version number given, nil when none or not understood.
    /// `sparesFreeThreaded` says that the build tests for a free-threaded interpreter first.
    /// With `sources` it is what holds in these in the free-threaded view.
    case limitedAPI(value: Int64?, sparesFreeThreaded: Bool)
    /// nanobind's build function with or without its option for free threading.
    case nanobindFreeThreaded(Bool)
    /// A `.pyx` from which no shipped C file was generated; nil when no directive says anything.
    case cythonSource(freeThreadingCompatible: Bool?)
    /// The directive given by build files for every Cython module of the package.
    case cythonDirective(freeThreadingCompatible: Bool)
    /// Modules that a generator makes at build time: no C file is shipped.
    case generatedAtBuild(SourceGenerator, freeThreadingCompatible: Bool?)
    /// A library is built so that several threads can call it.
    case safeLibrary(name: String)
  }

  package var kind: Kind
  /// Dotted or bare name of the module it speaks of; nil when it holds for all.
  package var module: String?
  /// Sources that it speaks of, relative to the root; empty: all, or not known.
  package var sources: [String]
  package var position: SourcePosition

  package init(kind: Kind, module: String?, sources: [String], position: SourcePosition) {
    self.kind = kind
    self.module = module
    self.sources = sources
    self.position = position
  }
}

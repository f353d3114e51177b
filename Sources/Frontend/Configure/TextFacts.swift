/// What one pass over a source file's text shows, without preprocessing. Comments and strings are
/// skipped; every branch of every `#if` is read.
package struct TextFacts: Sendable, Hashable {
  /// Whether a place is compiled in the view of the audit (Linux, CPython, free-threaded), as far
  /// as the conditions around it tell without knowing other macros.
  package enum Activity: Sendable, Hashable {
    case active, inactive, unknown
  }

  /// An `#include` or `#embed`.
  package struct Include: Sendable, Hashable {
    /// What stands between the quotes or the angle brackets.
    package let spelling: String
    /// Whether it stands between angle brackets.
    package let isAngled: Bool
    /// The line, from 1.
    package let line: Int
    /// Whether the directive is compiled.
    package let activity: Activity
  }

  /// A watched identifier outside comments and strings.
  package struct Mention: Sendable, Hashable {
    /// The identifier.
    package let name: String
    /// The line, from 1.
    package let line: Int
    /// The column in bytes, from 1.
    package let column: Int
    /// What follows on the line, trimmed, at most 200 bytes.
    package let rest: String
    /// What the identifier does there.
    package let role: Role
    /// Whether the place is compiled.
    package let activity: Activity

    /// Whether it stands in a `#define`, be it as the name or in the value.
    package var isInDefine: Bool { role == .definedName || role == .definitionValue }
  }

  /// What a watched identifier does where it stands.
  package enum Role: Sendable, Hashable {
    /// Ordinary code, or a condition of the preprocessor.
    case use
    /// The name that a `#define` defines.
    case definedName
    /// Part of the value of a `#define`.
    case definitionValue
    /// The name that an `#undef` undefines.
    case undefined
  }

  /// The tool that wrote the file.
  package enum Generator: Sendable, Hashable {
    /// `version` as the file gives it, `nil` when it does not.
    case cython(version: String?)
    case swig(version: String?)
    case mypyc
    case f2py(version: String?)
    case cffi
  }

  /// All includes, in the order of the file.
  package var includes: [Include] = []
  /// Text that would be an include if the compiler did not take it for part of a string. It is
  /// only looked at when unsafe includes are refused.
  package var doubtfulIncludes: [Include] = []
  /// All mentions of watched identifiers, in the order of the file.
  package var mentions: [Mention] = []
  /// Macros whose value is a string or a name in angle brackets, which `#include MACRO` may use.
  package var includeMacros: [Include] = []
  /// Whether there is an include whose name is a macro.
  package var hasComputedInclude = false
  /// Whether there is an `#embed` whose file is not spelled out.
  package var hasComputedEmbed = false
  /// The generator's mark in the file's first 4 KiB.
  package var generator: Generator?
  /// Whether a function `main` is defined or declared where it is compiled.
  package var hasMain = false
  /// Number of lines.
  package var lines = 0
  /// Size in bytes.
  package var bytes = 0

  package init() {}

  /// The identifiers that are watched, whole.
  package static let watched: Set<String> = [
    "Py_mod_gil", "Py_MOD_GIL_NOT_USED", "Py_MOD_GIL_USED", "PyUnstable_Module_SetGIL",
    "PYBIND11_MODULE", "NB_MODULE", "BOOST_PYTHON_MODULE", "__Pyx_FREETHREADING_COMPATIBLE",
    "CYTHON_FREETHREADING_COMPATIBLE", "SWIGPYTHON_NOGIL", "Py_LIMITED_API",
  ]

  /// Identifiers that begin so are watched too.
  package static let watchedPrefixes = ["PyInit_", "PyModExport_"]
}

import PythonAPI

/// What the build files of a package say about free threading and about its generators, read as
/// text: nothing is run, so a line in a branch that is not taken counts too.
package struct BuildFacts: Sendable, Hashable {
  /// A tool or library that makes modules.
  package enum Framework: String, Sendable, Hashable, CaseIterable {
    case boostPython = "Boost.Python"
    case cffi
    case cython = "Cython"
    case f2py
    case mypyc
    case nanobind
    case pybind11
    case swig = "SWIG"
  }

  /// What one line says.
  package enum Kind: Sendable, Hashable {
    /// The framework is used; the first line of each file counts.
    case framework(Framework)
    /// Cython's directive `freethreading_compatible`, in a source, a build script or an argument.
    case cythonFreeThreading(Bool)
    /// `CYTHON_FREETHREADING_COMPATIBLE` defined for the compiler.
    case cythonMacro(Bool)
    /// nanobind's `FREE_THREADED` or `NB_FREE_THREADED`. The module's name where the line has it.
    case nanobindFreeThreaded(module: String?)
    /// SWIG's option `-nogil`.
    case swigWithoutGIL
    /// f2py's option `--freethreading-compatible` or its opposite.
    case f2pyFreeThreading(Bool)
    /// `py_limited_api` or `Py_LIMITED_API`; the file also asks whether Python is free-threaded.
    case limitedAPI(sparesFreeThreaded: Bool)
    /// cffi's `set_source`; the module's name where the line has it.
    case cffiSource(module: String?)
    /// A library is asked for in the build that several threads can call.
    case safeLibrary(name: String)
  }

  /// One line of a build file.
  package struct Fact: Sendable, Hashable {
    package let kind: Kind
    /// The file, relative to the root.
    package let file: String
    /// The line, from 1.
    package let line: Int
  }

  /// All facts by file and line.
  package let facts: [Fact]

  /// The frameworks that build files name.
  package var frameworks: Set<Framework> {
    Set(
      facts.compactMap {
        if case .framework(let framework) = $0.kind { return framework }
        return nil
      })
  }

  /// Reads the build files of a tree. Tests and documentation do not count.
  static func read(_ tree: SourceTree) -> BuildFacts {
    var tables: [BuildFile: WordTable] = [:]
    var facts: [Fact] = []
    for (path, size) in tree.files where size < 4 << 20 && PathWords.auxiliary(path) == nil {
      guard let role = BuildFile(path), let bytes = tree.read(path) else { continue }
      let words = tables[role] ?? WordTable(role.words)
      tables[role] = words
      guard words.isFound(in: bytes[...]) else { continue }
      facts += BuildFileReader(path: path, role: role).read(bytes)
    }
    return BuildFacts(facts: facts)
  }
}

/// What a file is to the build.
enum BuildFile {
  /// A build script or configuration: every word counts.
  case build
  /// A Cython source: its directives count.
  case cython
  /// Any other Python source: only calls that make modules count.
  case python

  init?(_ path: String) {
    let file = PathWords.file(path)
    if path.hasSuffix(".pyx") || path.hasSuffix(".pxd") {
      self = .cython
    } else if file.hasPrefix("setup") && file.hasSuffix(".py") || file == "build.py"
      || ["setup.cfg", "pyproject.toml", "meson.build", "CMakeLists.txt", "Makefile", "noxfile.py"]
        .contains(file)
      || file.hasSuffix(".cmake")
    {
      self = .build
    } else if path.hasSuffix(".py") {
      self = .python
    } else {
      return nil
    }
  }

  /// Words without which the file cannot say anything.
  var words: [String] {
    switch self {
    case .build:
      return [
        "ython", "PYTHON", "bind", "BIND", "mypyc", "f2py", "swig", "SWIG", "cffi", "oost",
        "freethreading", "imited", "LIMITED", "set_source", "FREE_THREADED", "FREETHREADING",
        "-nogil",
      ] + PythonFacts.shared.libraries.flatMap(\.buildWords)
    case .cython: return ["freethreading_compatible"]
    case .python: return ["set_source(", "mypycify("]
    }
  }
}

/// Reads the lines of one build file.
struct BuildFileReader {
  let path: String
  let role: BuildFile
  private var facts: [BuildFacts.Fact] = []
  /// The file tests somewhere whether the interpreter is free-threaded.
  private var asksForFreeThreading = false
  private static let questions = [
    "GIL_DISABLED", "gil_enabled", "abi3t", "free_threaded", "freethreaded",
    "nogil",
  ]

  init(path: String, role: BuildFile) {
    self.path = path
    self.role = role
  }

  /// The facts of the file's text.
  func read(_ bytes: [UInt8]) -> [BuildFacts.Fact] {
    var reader = self
    reader.asksForFreeThreading = Self.questions.contains { ByteSearch.contains(bytes, $0) }
    var named: Set<BuildFacts.Framework> = []
    var number = 0
    let words = WordTable(role.words + (role == .python ? ["\"\"\""] : []))
    var isInDocumentation = false
    for raw in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
      number += 1
      if raw.count > 2000 || !words.isFound(in: raw) { continue }
      let text = String(decoding: raw, as: UTF8.self)
      if role == .python {
        // Texts over several lines are documentation, with examples that build nothing.
        let wasInDocumentation = isInDocumentation
        if (text.split(separator: "\"\"\"", omittingEmptySubsequences: false).count - 1) % 2 == 1 {
          isInDocumentation.toggle()
        }
        if wasInDocumentation || isInDocumentation { continue }
      }
      if role == .cython {
        reader.directive(text, number)
        continue
      }
      let code = Self.withoutComment(text)
      if code.isEmpty { continue }
      reader.statements(code, number)
      for framework in Self.frameworks(code, role) where named.insert(framework).inserted {
        reader.add(.framework(framework), number)
      }
    }
    return reader.facts
  }

  private mutating func add(_ kind: BuildFacts.Kind, _ line: Int) {
    facts.append(BuildFacts.Fact(kind: kind, file: path, line: line))
  }

  /// `# cython: freethreading_compatible = True`, which is a comment.
  private mutating func directive(_ text: String, _ line: Int) {
    if let value = CythonSource.directive(text) { add(.cythonFreeThreading(value), line) }
  }

  private mutating func statements(_ code: String, _ line: Int) {
    if code.contains("set_source(") {
      add(.cffiSource(module: Self.quoted(after: "set_source(", code)), line)
    }
    guard role == .build else { return }
    if let value = Self.value(after: "freethreading_compatible", code) {
      add(.cythonFreeThreading(value), line)
    }
    let isRefused = code.contains("--no-freethreading-compatible")
    if !isRefused, code.contains("--freethreading-compatible") {
      add(.f2pyFreeThreading(true), line)
    }
    if isRefused { add(.f2pyFreeThreading(false), line) }
    if code.contains("CYTHON_FREETHREADING_COMPATIBLE") {
      add(.cythonMacro(Self.value(after: "CYTHON_FREETHREADING_COMPATIBLE", code) ?? true), line)
    }
    if code.contains("NB_FREE_THREADED") {
      add(.nanobindFreeThreaded(module: nil), line)
    } else if Self.words(code).contains("FREE_THREADED") {
      let module = code.firstRange(of: "nanobind_add_module(").map {
        String(trimmed(code[$0.upperBound...]).prefix { !$0.isWhitespace && $0 != ")" })
      }
      // The word alone can be an argument of a call over several lines, in CMake only.
      if module != nil || path.hasSuffix("CMakeLists.txt") || path.hasSuffix(".cmake") {
        add(.nanobindFreeThreaded(module: module), line)
      }
    }
    if code.lowercased().contains("py_limited_api"),
      Self.value(after: "py_limited_api", code) != false
    {
      add(.limitedAPI(sparesFreeThreaded: asksForFreeThreading), line)
    }
    let words = Self.words(code)
    for library in PythonFacts.shared.libraries
    where library.buildWords.contains(where: { word in
      words.contains { $0 == word || $0 == "-D" + word || $0.hasPrefix("-D" + word + "=") }
    }) {
      add(.safeLibrary(name: library.name), line)
    }
    if words.contains("-nogil"), !path.hasSuffix(".pyx") {
      add(.swigWithoutGIL, line)
    }
  }

  private static func frameworks(_ code: String, _ role: BuildFile) -> [BuildFacts.Framework] {
    if role == .python {
      return code.contains("mypycify(") ? [.mypyc] : code.contains("set_source(") ? [.cffi] : []
    }
    let lower = code.lowercased()
    let words: [(String, BuildFacts.Framework)] = [
      ("boost_python", .boostPython), ("boost.python", .boostPython),
      ("boost::python", .boostPython), ("cffi_modules", .cffi), ("set_source(", .cffi),
      ("cython", .cython), ("f2py", .f2py), ("mypyc", .mypyc), ("nanobind", .nanobind),
      ("pybind11", .pybind11), ("swig_add_library", .swig), ("swig_opts", .swig),
      ("find_program('swig'", .swig), ("find_package(swig", .swig), ("use_swig", .swig),
    ]
    return words.filter { lower.contains($0.0) }.map(\.1)
  }

  /// The words of a line between white space, quotes, commas and brackets.
  private static func words(_ code: String) -> [Substring] {
    code.split { $0.isWhitespace || "\"'`,()[]{}".contains($0) }
  }

  /// The truth value that follows a name, such as `=True` or `': "true"`; `nil` when none does.
  static func value(after name: String, _ code: String) -> Bool? {
    guard let found = code.firstRange(of: name) else { return nil }
    let rest = code[found.upperBound...].drop {
      $0.isWhitespace || "\"':=,".contains($0)
    }
    switch rest.prefix(while: { $0.isLetter || $0.isNumber }).lowercased() {
    case "true", "1", "on", "yes": return true
    case "false", "0", "off", "no": return false
    default: return nil
    }
  }

  private static func quoted(after name: String, _ code: String) -> String? {
    guard let found = code.firstRange(of: name) else { return nil }
    let rest = trimmed(code[found.upperBound...])
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    return String(rest.dropFirst().prefix { $0 != quote })
  }

  /// A line up to a comment's `#` that stands outside quotes.
  private static func withoutComment(_ text: String) -> String {
    guard text.contains("#") else { return text }
    var quote: Character?
    for (index, character) in zip(text.indices, text) {
      if character == quote {
        quote = nil
      } else if quote == nil {
        if character == "\"" || character == "'" { quote = character }
        if character == "#" { return String(text[..<index]) }
      }
    }
    return text
  }
}

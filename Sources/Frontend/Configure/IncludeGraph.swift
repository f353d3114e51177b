/// The text facts of a tree's files, read when first asked for, and what each source includes.
struct IncludeGraph {
  /// Everything that one source includes, directly and through headers.
  struct Closure {
    /// Files of the tree, in the order in which they are reached; the source itself is first.
    var files: [String] = []
    /// Folders, relative to the root, that quoted includes need.
    var quoteFolders: [String] = []
    /// Folders, relative to the root, that includes in angle brackets need.
    var afterFolders: [String] = []
    /// Headers below a folder that are no files of the tree, in the order in which they are reached.
    var external: [Configuration.ExternalInclude] = []
    /// Whether `Python.h` is reached.
    var includesPython = false
    /// The value of `Py_LIMITED_API` where `Python.h` is reached.
    var limitedAPI: String?
    /// Why the source must not be given to clang.
    var refusal: String?
  }

  let tree: SourceTree
  private(set) var resolver: IncludeResolver
  private(set) var facts: [String: TextFacts] = [:]

  init(tree: SourceTree, declaredFolders: [String]) {
    self.tree = tree
    self.resolver = IncludeResolver(tree: tree, declaredFolders: declaredFolders)
  }

  /// The facts of a file of the tree; empty ones when it cannot be read.
  mutating func facts(of path: String) -> TextFacts {
    if let known = facts[path] { return known }
    let found =
      tree.read(path).map {
        SourceScanner.scan($0, isCxx: PathWords.mayHoldRawStrings(path))
      } ?? TextFacts()
    facts[path] = found
    return found
  }

  /// Follows all includes of `source`. `before` is what flags include or define ahead of it.
  mutating func closure(of source: String, before: UnitFlags = UnitFlags()) -> Closure {
    var walk = Walk(limitedAPI: before.limitedAPI, folders: before.folders)
    for path in before.includedFiles { visit(path, &walk) }
    visit(source, &walk)
    followComputed(before.includeMacros, &walk)
    checkParentSpellings(&walk)
    return walk.closure
  }

  /// The state of one closure's depth-first walk.
  private struct Walk {
    var closure = Closure()
    var seen: Set<String> = []
    var external: Set<Configuration.ExternalInclude> = []
    var limitedAPI: String?
    /// Folders on the search path by flags, relative to the root.
    var folders: [String]
    /// Includes with `..` in them, by the spelling, and files whose include is a macro.
    var parentSpellings: Set<String> = []
    var computed: [String] = []
    var macros: [TextFacts.Include] = []
  }

  /// One step of reading a file for what matters to its includers, in the order of its lines.
  private enum Event {
    case include(TextFacts.Include)
    case mention(TextFacts.Mention)
  }

  private func events(_ facts: TextFacts) -> [Event] {
    var events: [(line: Int, event: Event)] = facts.includes.map { ($0.line, .include($0)) }
    for mention in facts.mentions where mention.name == "Py_LIMITED_API" {
      if mention.role != .use, mention.role != .definitionValue {
        events.append((mention.line, .mention(mention)))
      }
    }
    return events.sorted { $0.line < $1.line }.map(\.event)
  }

  private mutating func visit(_ source: String, _ walk: inout Walk) {
    var stack: [(path: String, events: [Event], index: Int)] = []
    func enter(_ path: String, _ graph: inout IncludeGraph, _ walk: inout Walk) {
      guard walk.seen.insert(path).inserted else { return }
      walk.closure.files.append(path)
      let facts = graph.facts(of: path)
      walk.macros += facts.includeMacros
      if facts.hasComputedInclude { walk.computed.append(path) }
      // libclang does not list what was embedded, so nothing could be noticed later.
      if facts.hasComputedEmbed, walk.closure.refusal == nil {
        walk.closure.refusal = "embeds a file that only the preprocessor can name"
      }
      for include in facts.doubtfulIncludes {
        if case .refused(let reason) = graph.resolver.resolve(include, from: path) {
          walk.closure.refusal = walk.closure.refusal ?? reason
        }
      }
      stack.append((path, graph.events(facts), 0))
    }
    enter(source, &self, &walk)
    while let top = stack.last {
      guard top.index < top.events.count else {
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].index += 1
      switch top.events[top.index] {
      case .mention(let mention):
        guard mention.activity == .active else { continue }
        walk.limitedAPI =
          mention.role == .undefined ? nil : String(mention.rest.prefix { !$0.isWhitespace })
      case .include(let include):
        if let next = follow(include, from: top.path, &walk) { enter(next, &self, &walk) }
      }
    }
  }

  /// Notes what an include means for the closure; returns the file of the tree to go on with.
  private mutating func follow(
    _ include: TextFacts.Include, from path: String, _ walk: inout Walk
  ) -> String? {
    if include.spelling.contains("..") { walk.parentSpellings.insert(include.spelling) }
    let target = resolver.resolve(include, from: path)
    // A condition that we take for false could still hold, so refusing comes before it.
    if case .refused(let reason) = target {
      walk.closure.refusal = walk.closure.refusal ?? reason
      return nil
    }
    guard include.activity != .inactive else { return nil }
    if PythonIncludes.matches(include.spelling), !walk.closure.includesPython {
      walk.closure.includesPython = true
      walk.closure.limitedAPI = walk.limitedAPI
    }
    switch target {
    case .beside(let file): return file
    case .folder(let folder, let file):
      if include.isAngled {
        if !walk.closure.afterFolders.contains(folder) { walk.closure.afterFolders.append(folder) }
      } else if !walk.closure.quoteFolders.contains(folder) {
        walk.closure.quoteFolders.append(folder)
      }
      return file
    case .external:
      // Who has a header is told by its folder, so one without says nothing.
      if include.spelling.contains("/") {
        let header = Configuration.ExternalInclude(
          spelling: include.spelling, isCertain: include.activity == .active)
        if walk.external.insert(header).inserted { walk.closure.external.append(header) }
      }
      return nil
    case .refused: return nil
    }
  }

  /// `#include MACRO`: any string that some macro of the closure holds may be meant.
  private mutating func followComputed(_ macros: [TextFacts.Include], _ walk: inout Walk) {
    guard !walk.computed.isEmpty else { return }
    var done = 0
    walk.macros += macros
    while done < walk.macros.count, done < 10_000 {
      let macro = walk.macros[done]
      done += 1
      for path in walk.computed.prefix(100) {
        if let next = follow(macro, from: path, &walk) { visit(next, &walk) }
      }
    }
  }

  /// Includes with `..` are looked up below every folder of the search path too.
  private func checkParentSpellings(_ walk: inout Walk) {
    let folders = walk.closure.quoteFolders + walk.closure.afterFolders + walk.folders
    for spelling in walk.parentSpellings.sorted() {
      for folder in folders where walk.closure.refusal == nil {
        walk.closure.refusal = resolver.refusal(below: folder, spelling)
      }
    }
  }
}

/// Headers that bring `Python.h` with them, wherever they come from.
enum PythonIncludes {
  private static let names: Set<String> = [
    "Python.h", "structmember.h", "frameobject.h", "pythread.h", "CPy.h", "pygobject.h", "sip.h",
    "torch/extension.h", "torch/python.h",
  ]
  private static let folders = [
    "pybind11/", "nanobind/", "numpy/", "cppy/", "greenlet/", "boost/python/", "boost/python.hpp",
    "cpython/",
    "internal/pycore_", "arrow/python/",
  ]

  /// Whether an include spelled so leads to `Python.h`.
  static func matches(_ spelling: String) -> Bool {
    names.contains(spelling) || spelling.hasSuffix("/Python.h")
      || folders.contains { spelling.hasPrefix($0) }
  }
}

/// What a unit's flags mean for its includes.
struct UnitFlags {
  /// Flags for clang.
  var flags: [String] = []
  /// Folders on the search path, relative to the root.
  var folders: [String] = []
  /// Files of `-include`, relative to the root.
  var includedFiles: [String] = []
  /// Macros whose value an include may use.
  var includeMacros: [TextFacts.Include] = []
  /// The value of `Py_LIMITED_API`; `nil` when no flag defines it.
  var limitedAPI: String?
  /// The language by `-x`; `nil` without it.
  var language: CompileUnit.Language?
  /// Number of flags that were not taken over.
  var dropped = 0
}

/// Decides which sources of a tree are units of their own, without a compiler.
struct UnitSelection {
  private(set) var units: [String] = []
  private(set) var skipped: [SkippedSource] = []
  private(set) var notApplicable: [SkippedSource] = []
  /// Sources that are no files to read.
  private(set) var refused: [RefusedUnit] = []
  /// The closures of the units.
  private(set) var closures: [String: IncludeGraph.Closure] = [:]
  /// The languages of units whose ending does not tell: headers, and what links name a source.
  private(set) var languages: [String: CompileUnit.Language] = [:]

  /// Selects among all sources of the tree. `setup` gives each its flags; its claimed sources
  /// are those of this platform, whatever their names suggest.
  init(graph: inout IncludeGraph, setup: SetupMetadata, options: ConfigureOptions) {
    let claimed = setup.claimedSources
    let irregular = IrregularSources(tree: graph.tree)
    /// Why a source is left out by its name alone; nil for the others.
    func excluded(_ path: String) -> SkippedSource.Reason? {
      if let word = PathWords.otherPlatform(path), !claimed.contains(path) {
        return .platform(word)
      }
      if let word = setup.otherPath(path) { return .notInSetup(word) }
      if !options.includesAuxiliary, let word = PathWords.auxiliary(path) {
        return .auxiliary(word)
      }
      return nil
    }
    // A link names a source for what it is, wherever the file that it leads to lies.
    var followed: [String: CompileUnit.Language] = [:]
    for link in irregular.links {
      skipped.append(SkippedSource(path: link.path, reason: .link(to: link.target)))
      if excluded(link.path) == nil, followed[link.target] == nil {
        followed[link.target] = PathWords.language(link.path)
      }
    }
    var sources = Set(graph.tree.files.map(\.path).filter { PathWords.language($0) != nil })
    sources.formUnion(followed.keys)
    sources.formUnion(irregular.unreadable.keys)
    var candidates: [String] = []
    var auxiliary: [SkippedSource] = []
    for path in sources.sorted(by: SourceTree.precedes) {
      let isPlain = irregular.unreadable[path] == nil
      if followed[path] == nil, let reason = excluded(path) {
        let source = SkippedSource(path: path, reason: reason)
        if case .auxiliary = reason {
          auxiliary.append(source)
        } else {
          notApplicable.append(source)
        }
      } else if isPlain, let why = Self.fragment(path, graph.tree) {
        skipped.append(SkippedSource(path: path, reason: .fragment(why)))
      } else {
        languages[path] = followed[path]
        candidates.append(path)
      }
    }
    // Modules that live among tests are all there is in some packages.
    if candidates.isEmpty, notApplicable.isEmpty {
      candidates = auxiliary.map(\.path)
      if candidates.isEmpty { addHeaders(of: graph.tree, to: &candidates) }
    } else {
      skipped += auxiliary
    }
    for path in candidates {
      if let reason = irregular.unreadable[path] {
        refused.append(RefusedUnit(path: path, reason: reason))
      }
    }
    candidates.removeAll { irregular.unreadable[$0] != nil }
    for path in candidates {
      closures[path] = graph.closure(of: path, before: setup.flags(for: path))
    }
    let includers = includers(of: candidates)
    for path in candidates {
      // A library's file can be both: a unit, and text of another one under other macros.
      if let includer = includers[path], !claimed.contains(path) {
        skipped.append(SkippedSource(path: path, reason: .included(by: includer)))
        closures[path] = nil
      } else if graph.facts(of: path).hasMain, closures[path]?.includesPython == false,
        !claimed.contains(path)
      {
        skipped.append(SkippedSource(path: path, reason: .program))
        closures[path] = nil
      } else {
        units.append(path)
      }
    }
    skipped.sort { SourceTree.precedes($0.path, $1.path) }
  }

  /// A library that is headers only is audited by those that no other header includes.
  private mutating func addHeaders(of tree: SourceTree, to candidates: inout [String]) {
    guard !tree.files.contains(where: { $0.path.hasSuffix(".pyx") }) else { return }
    let words = ["template", "namespace", "class "].map { Array($0.utf8) }
    for (path, _) in tree.files where PathWords.isHeader(path) && PathWords.auxiliary(path) == nil {
      let text = tree.read(path) ?? []
      let isCxx = !path.hasSuffix(".h") || words.contains { ByteSearch.contains(text[...], $0) }
      languages[path] = isCxx ? .cxx : .c
      candidates.append(path)
    }
    // One language for all: a C++ library's plainest header is still read by C++ only.
    if languages.values.contains(.cxx) { languages = languages.mapValues { _ in .cxx } }
  }

  /// For each candidate that another one includes, that other one.
  private func includers(of candidates: [String]) -> [String: String] {
    let candidateSet = Set(candidates)
    var includes: [String: Set<String>] = [:]
    for (path, closure) in closures {
      includes[path] = candidateSet.intersection(closure.files.dropFirst())
    }
    var includers: [String: String] = [:]
    for path in candidates {
      for included in (includes[path] ?? []).sorted() where included != path {
        // Of two files that include each other the first one stays.
        if includes[included]?.contains(path) == true, included < path { continue }
        if includers[included] == nil { includers[included] = path }
      }
    }
    return includers
  }

  private static let fragmentEndings = ["_template", ".tmpl", ".template", ".inc", ".inl", ".in"]

  /// What shows that a source is filled in or included before it is compiled; `nil` for the rest.
  private static func fragment(_ path: String, _ tree: SourceTree) -> String? {
    let stem = PathWords.stem(PathWords.file(path)).lowercased()
    if let ending = fragmentEndings.first(where: stem.hasSuffix) {
      return "its name marks a template ('\(ending)')"
    }
    guard let bytes = tree.read(path) else { return nil }
    let end = min(bytes.count, 65_536)
    var index = 0
    var isLineStart = true
    while index < end {
      let byte = bytes[index]
      if isLineStart, byte == UInt8(ascii: "/") || byte == UInt8(ascii: "{") {
        for mark in Self.marks where bytes[index...].starts(with: mark.utf8) {
          return "it holds a template's directives ('\(mark)')"
        }
      }
      isLineStart =
        byte == UInt8(ascii: "\n") || isLineStart && (byte == UInt8(ascii: " ") || byte == 9)
      index += 1
    }
    return nil
  }

  private static let marks = ["/**begin repeat", "{{py:", "{%"]
}

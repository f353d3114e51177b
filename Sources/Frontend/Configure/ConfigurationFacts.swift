package import ProgramModel

// What a configuration knows without parsing, as the package model takes it.
extension Configuration {
  /// The generator and the watched mentions of each source file.
  package var fileFacts: [SourceFileFacts] {
    textFacts.map { path, facts in
      SourceFileFacts(
        path: path, generator: facts.generator?.modelGenerator,
        mentions: facts.mentions.map { mention in
          TextMention(
            name: mention.name,
            position: SourcePosition(path: path, line: mention.line, column: mention.column),
            rest: mention.rest, isInDefine: mention.isInDefine,
            activity: mention.activity.modelActivity)
        })
    }.sorted { $0.path < $1.path }
  }

  /// What build files and Cython sources say. `text` gives a file of the tree.
  package func buildFactModels(text: (String) -> [UInt8]?) -> [BuildFact] {
    var found = cythonSources.filter { $0.shippedSource == nil }.map { source in
      BuildFact(
        kind: .cythonSource(freeThreadingCompatible: source.declaresFreeThreading),
        module: moduleName(of: source.path), sources: [source.path],
        position: SourcePosition(path: source.path, line: source.line ?? 1, column: 1))
    }
    for fact in buildFacts.facts {
      guard let kind = kind(of: fact, text) else { continue }
      found.append(
        BuildFact(
          kind: kind, module: module(of: fact), sources: [],
          position: SourcePosition(path: fact.file, line: fact.line, column: 1)))
    }
    return found
  }

  private func moduleName(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return String(file.prefix { $0 != "." })
  }

  private func module(of fact: BuildFacts.Fact) -> String? {
    switch fact.kind {
    case .nanobindFreeThreaded(let module), .cffiSource(let module): module
    default: nil
    }
  }

  private func kind(
    of fact: BuildFacts.Fact, _ text: (String) -> [UInt8]?
  ) -> BuildFact.Kind? {
    switch fact.kind {
    case .limitedAPI:
      let words = ["Py_GIL_DISABLED", "freethread", "free-thread", "free_thread", "nogil"]
      let bytes = text(fact.file) ?? []
      // A build that asks for the interpreter's kind does so before it asks for the limited API.
      return .limitedAPI(
        value: nil, sparesFreeThreaded: words.contains { ByteSearch.contains(bytes, $0) })
    case .nanobindFreeThreaded: return .nanobindFreeThreaded(true)
    case .cythonFreeThreading(let value):
      return fact.file.hasSuffix(".pyx") || fact.file.hasSuffix(".pxd")
        ? nil : .cythonDirective(freeThreadingCompatible: value)
    case .cythonMacro(let value): return .cythonDirective(freeThreadingCompatible: value)
    case .framework(.mypyc): return generated(.mypyc, nil)
    case .framework(.f2py), .framework(.swig), .framework: return nil
    case .f2pyFreeThreading(let value): return generated(.f2py, value)
    case .swigWithoutGIL: return generated(.swig, true)
    case .cffiSource: return nil
    }
  }

  /// A module that a generator makes at build time; nil where its C is shipped and says more.
  private func generated(_ generator: SourceGenerator, _ value: Bool?) -> BuildFact.Kind? {
    guard !textFacts.values.contains(where: { $0.generator?.modelGenerator == generator }) else {
      return nil
    }
    return .generatedAtBuild(generator, freeThreadingCompatible: value)
  }
}

extension TextFacts.Generator {
  fileprivate var modelGenerator: SourceGenerator {
    switch self {
    case .cython: .cython
    case .swig: .swig
    case .mypyc: .mypyc
    case .f2py: .f2py
    case .cffi: .cffi
    }
  }
}

extension TextFacts.Activity {
  fileprivate var modelActivity: TextMention.Activity {
    switch self {
    case .active: .active
    case .inactive: .inactive
    case .unknown: .unknown
    }
  }
}

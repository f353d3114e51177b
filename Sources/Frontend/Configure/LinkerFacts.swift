package import ProgramModel

/// What configuring a package found out, in the words of the program model.
extension Configuration {
  /// The text facts of all files, sorted by path.
  package var sourceFileFacts: [SourceFileFacts] {
    textFacts.sorted { $0.key < $1.key }.map { path, facts in
      SourceFileFacts(
        path: path, generator: facts.generator.map(Self.generator),
        mentions: facts.mentions.map { mention in
          TextMention(
            name: mention.name,
            position: SourcePosition(path: path, line: mention.line, column: mention.column),
            rest: mention.rest, isInDefine: mention.isInDefine,
            activity: Self.activity(mention.activity))
        })
    }
  }

  /// What build files and sources in other languages say about modules, sorted by place.
  package var buildStatements: [BuildFact] {
    (statements(ofFacts: buildFacts.facts) + limitedUnits + cythonStatements
      + generatorStatements)
      .sorted { $0.position < $1.position }
  }

  private static func generator(_ mark: TextFacts.Generator) -> SourceGenerator {
    switch mark {
    case .cython: .cython
    case .swig: .swig
    case .mypyc: .mypyc
    case .f2py: .f2py
    case .cffi: .cffi
    }
  }

  private static func activity(_ activity: TextFacts.Activity) -> TextMention.Activity {
    switch activity {
    case .active: .active
    case .inactive: .inactive
    case .unknown: .unknown
    }
  }

  private static func position(_ fact: BuildFacts.Fact) -> SourcePosition {
    SourcePosition(path: fact.file, line: fact.line, column: 1)
  }

  /// Among Python files only the build script counts: others have such words as library code.
  private static func isBuildFile(_ path: String) -> Bool {
    !path.hasSuffix(".py") || PathWords.file(path) == "setup.py" || !path.contains("/")
  }

  // MARK: Statements that hold as they stand

  private func statements(ofFacts facts: [BuildFacts.Fact]) -> [BuildFact] {
    var limited = Set<String>()
    let usesCffi = facts.contains {
      $0.kind == .framework(.cffi) && Self.isBuildFile($0.file)
    }
    return facts.compactMap { fact in
      func statement(_ kind: BuildFact.Kind, module: String? = nil) -> BuildFact {
        BuildFact(kind: kind, module: module, sources: [], position: Self.position(fact))
      }
      switch fact.kind {
      case .limitedAPI(let spares):
        // A script speaks of it in several lines; the first stands for all.
        guard Self.isBuildFile(fact.file), limited.insert(fact.file).inserted else { return nil }
        return statement(.limitedAPI(value: nil, sparesFreeThreaded: spares))
      case .cythonFreeThreading(let value):
        // Directives in sources are read with the sources.
        guard !fact.file.hasSuffix(".pyx"), !fact.file.hasSuffix(".pxd") else { return nil }
        return statement(.cythonDirective(freeThreadingCompatible: value))
      case .cythonMacro(let value):
        return statement(.cythonDirective(freeThreadingCompatible: value))
      case .nanobindFreeThreaded(let module):
        return statement(.nanobindFreeThreaded(true), module: module)
      case .cffiSource(let module?):
        // Where no build file asks for it the call is an example.
        guard usesCffi else { return nil }
        return statement(
          .generatedAtBuild(.cffi, freeThreadingCompatible: nil), module: module)
      case .safeLibrary(let name):
        guard Self.isBuildFile(fact.file) else { return nil }
        return statement(.safeLibrary(name: name))
      case .framework, .swigWithoutGIL, .f2pyFreeThreading, .cffiSource(nil):
        return nil
      }
    }
  }

  /// Units that a source or header of the package puts under the limited API, once for each place.
  private var limitedUnits: [BuildFact] {
    var sources: [SourcePosition: (value: Int64?, units: [String])] = [:]
    for unit in units {
      guard unit.limitedAPI != nil else { continue }
      let found = (includedFiles[unit.path] ?? [unit.path]).lazy.compactMap { path in
        textFacts[path]?.mentions.first {
          $0.name == "Py_LIMITED_API" && $0.isInDefine && $0.activity != .inactive
        }.map { SourcePosition(path: path, line: $0.line, column: $0.column) }
      }.first
      guard let found else { continue }
      sources[found, default: (Self.number(unit.limitedAPI), [])].units.append(unit.path)
    }
    return sources.map { position, use in
      BuildFact(
        kind: .limitedAPI(value: use.value, sparesFreeThreaded: false), module: nil,
        sources: use.units.sorted(), position: position)
    }
  }

  private static func number(_ text: String?) -> Int64? {
    guard let text else { return nil }
    return text.lowercased().hasPrefix("0x") ? Int64(text.dropFirst(2), radix: 16) : Int64(text)
  }

  private var cythonStatements: [BuildFact] {
    cythonSources.filter { $0.shippedSource == nil }.map { source in
      BuildFact(
        kind: .cythonSource(freeThreadingCompatible: source.declaresFreeThreading),
        module: PathWords.file(PathWords.stem(source.path)), sources: [source.path],
        position: SourcePosition(path: source.path, line: source.line ?? 1, column: 1))
    }
  }

  // MARK: Frameworks that are used without saying more

  private var generatorStatements: [BuildFact] {
    let shipped = Set(textFacts.values.compactMap { $0.generator.map(Self.generator) })
    var seen: Set<BuildFacts.Framework> = []
    return buildFacts.facts.compactMap { fact in
      guard case .framework(let framework) = fact.kind, seen.insert(framework).inserted else {
        return nil
      }
      func generated(_ generator: SourceGenerator, _ isCompatible: Bool?) -> BuildFact? {
        // What is shipped is audited itself.
        guard !shipped.contains(generator) else { return nil }
        return BuildFact(
          kind: .generatedAtBuild(generator, freeThreadingCompatible: isCompatible),
          module: package.name, sources: [], position: Self.position(fact))
      }
      switch framework {
      case .nanobind:
        let isSet = buildFacts.facts.contains {
          if case .nanobindFreeThreaded = $0.kind { true } else { false }
        }
        return isSet
          ? nil
          : BuildFact(
            kind: .nanobindFreeThreaded(false), module: nil, sources: [],
            position: Self.position(fact))
      case .swig:
        let isSet = buildFacts.facts.contains { $0.kind == .swigWithoutGIL }
        return generated(.swig, isSet ? true : nil)
      case .f2py:
        return generated(
          .f2py,
          buildFacts.facts.lazy.compactMap {
            if case .f2pyFreeThreading(let value) = $0.kind { value } else { nil }
          }.first)
      // Under a free-threaded Python mypyc declares by itself.
      case .mypyc: return generated(.mypyc, true)
      case .boostPython, .cffi, .cython, .pybind11: return nil
      }
    }
  }
}

import ProgramModel

/// What the module macros and traces of frameworks mean.
enum FrameworkNames {
  static let macros: [String: Framework] = [
    "PYBIND11_MODULE": .pybind11, "PYBIND11_PLUGIN": .pybind11, "NB_MODULE": .nanobind,
    "BOOST_PYTHON_MODULE": .boostPython, "BOOST_PYTHON_MODULE_INIT": .boostPython,
  ]
  static let notUsedTag = "mod_gil_not_used"
  static let usedTag = "mod_gil_used"
  static let nanobindDefine = "NB_FREE_THREADED"

  /// Beginnings of names that only one generator's code has.
  static let variablePrefixes: [(String, Framework)] = [
    ("__pyx_", .cython), ("SWIG_", .swig), ("swig_", .swig), ("f2py_", .f2py),
    ("CPyStatic", .mypyc),
  ]

  static func framework(of generator: SourceGenerator) -> Framework {
    switch generator {
    case .cython: .cython
    case .swig: .swig
    case .mypyc: .mypyc
    case .f2py: .f2py
    case .cffi: .cffi
    }
  }
}

/// Finds modules that are made by a framework's macro, or by a generator at build time.
struct FrameworkModules {
  let package: PackageModel

  /// A use of a module macro.
  private struct Use {
    var unit: Int
    var macro: String
    var framework: Framework
    /// The arguments, trimmed; the first is the module's name.
    var arguments: [String]
    var position: SourcePosition
  }

  // MARK: Module macros

  func fromMacros() -> [PythonModule] {
    var seen = Set<SourcePosition>()
    var modules: [PythonModule] = []
    for (unit, model) in package.units.enumerated() {
      for use in model.macroUses {
        let macro = model[use.name]
        guard let framework = FrameworkNames.macros[macro],
          let position = model.position(of: use.range), seen.insert(position).inserted
        else { continue }
        modules.append(
          module(
            Use(
              unit: unit, macro: macro, framework: framework,
              arguments: Self.split(model[use.arguments]), position: position)))
      }
    }
    return modules + fromText(besides: modules)
  }

  /// Module macros that the parser does not know because the framework's headers are missing.
  private func fromText(besides known: [PythonModule]) -> [PythonModule] {
    struct Key: Hashable {
      var path: String
      var macro: String
      var name: String
    }
    let compiled = Dictionary(
      package.units.enumerated().flatMap { unit, model in model.files.map { ($0.path, unit) } }
    ) { first, _ in first }
    var groups: [Key: [TextMention]] = [:]
    var order: [Key] = []
    for file in package.files where compiled[file.path] != nil {
      for mention in file.mentions
      where FrameworkNames.macros[mention.name] != nil && !mention.isInDefine
        && mention.activity != .inactive && mention.rest.hasPrefix("(")
      {
        let arguments = Self.split(mention.rest.dropFirst())
        guard let name = arguments.first, !name.isEmpty else { continue }
        let key = Key(path: file.path, macro: mention.name, name: name)
        if groups[key] == nil { order.append(key) }
        groups[key, default: []].append(mention)
      }
    }
    return order.compactMap { key in
      guard let mentions = groups[key], let unit = compiled[key.path],
        let framework = FrameworkNames.macros[key.macro],
        !known.contains(where: { $0.position.path == key.path && $0.name == key.name })
      else { return nil }
      // Of several branches one with the tag is what a current version of the framework takes.
      let chosen =
        mentions.first { Self.declaration(ofTags: $0.rest) == .notUsed } ?? mentions[0]
      var module = module(
        Use(
          unit: unit, macro: key.macro, framework: framework,
          arguments: Self.split(chosen.rest.dropFirst()), position: chosen.position))
      if mentions.count > 1 { module.isCertain = false }
      if module.declaration == .missing, !Self.isClosed(chosen.rest) {
        module.declaration = .unknown
        module.isCertain = false
        module.why = "The arguments of '\(key.macro)' go on behind the line that was read."
      }
      return module
    }
  }

  private func module(_ use: Use) -> PythonModule {
    var module = PythonModule(name: use.arguments.first ?? "", position: use.position)
    module.initialisation = .framework(use.framework)
    module.evidence.append(
      ModuleEvidence(kind: .macro, position: use.position, symbol: use.macro))
    if use.framework == .nanobind {
      judgeNanobind(&module)
    } else {
      judgeTags(use, &module)
    }
    return module
  }

  private func judgeTags(_ use: Use, _ module: inout PythonModule) {
    let tags = use.arguments.dropFirst(use.framework == .boostPython ? 1 : 2)
    switch Self.declaration(ofTags: tags.joined(separator: ",")) {
    case .notUsed:
      module.declaration = .notUsed
      module.why = "'\(use.macro)' has the tag '\(FrameworkNames.notUsedTag)'."
    case .used:
      module.declaration = .used
      module.why = "'\(use.macro)' has a tag that says the module needs the GIL."
    default:
      // Which branch is compiled can depend on the version of a framework whose headers are not
      // here; then a branch with the tag is the one that a current version takes.
      let other = hiddenTag(use)
      if let other, !package.units[use.unit].missingHeaders.isEmpty {
        module.declaration = .notUsed
        module.isCertain = false
        module.why =
          "'\(use.macro)' has the tag '\(FrameworkNames.notUsedTag)' in a branch that depends on "
          + "headers which were not found."
        module.evidence.append(
          ModuleEvidence(kind: .mention, position: other.position, symbol: use.macro))
      } else if let other {
        module.declaration = .ineffective
        module.why =
          "The tag '\(FrameworkNames.notUsedTag)' stands in a branch that is not compiled."
        module.evidence.append(
          ModuleEvidence(kind: .mention, position: other.position, symbol: use.macro))
      } else {
        module.declaration = .missing
        module.why = "'\(use.macro)' has no tag '\(FrameworkNames.notUsedTag)'."
      }
    }
  }

  /// Another use of the macro in the file, for the same module, with the tag.
  private func hiddenTag(_ use: Use) -> TextMention? {
    package.facts(ofFile: use.position.path)?.mentions.first {
      $0.name == use.macro && $0.position.line != use.position.line
        && Self.declaration(ofTags: $0.rest) == .notUsed
        && Self.split($0.rest.drop { $0 == "(" || $0 == " " }).first == use.arguments.first
    }
  }

  /// What the tags of a module macro declare; `missing` without one.
  static func declaration(ofTags text: some StringProtocol) -> PythonModule.Declaration {
    let text = String(text.filter { !$0.isWhitespace })
    if text.contains(FrameworkNames.notUsedTag + "(false)") { return .used }
    if text.contains(FrameworkNames.notUsedTag) { return .notUsed }
    if text.contains(FrameworkNames.usedTag) { return .used }
    return .missing
  }

  /// Every bracket that the text opens is closed.
  private static func isClosed(_ text: String) -> Bool {
    text.count { $0 == "(" } <= text.count { $0 == ")" }
  }

  /// Splits at the commas outside brackets.
  static func split(_ text: some StringProtocol) -> [String] {
    var parts: [String] = [""]
    var depth = 0
    for character in text {
      if "([{".contains(character) { depth += 1 }
      if ")]}".contains(character) { depth -= 1 }
      if depth < 0 { break }
      if character == ",", depth == 0 {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map { part in
      let start = part.drop { $0.isWhitespace }
      return String(start.reversed().drop { $0.isWhitespace }.reversed())
    }
  }

  private func judgeNanobind(_ module: inout PythonModule) {
    let facts = package.buildFacts.filter { fact in
      guard case .nanobindFreeThreaded = fact.kind else { return false }
      return fact.module == nil || fact.module == module.name
    }
    // What is said of this module counts before what is said of all.
    let fact = facts.first { $0.module != nil } ?? facts.first
    guard let fact, case .nanobindFreeThreaded(let isSet) = fact.kind else {
      module.isCertain = false
      module.why = "The build files do not show how nanobind builds the module."
      return
    }
    module.declaration = isSet ? .notUsed : .missing
    module.why =
      isSet
      ? "The build sets nanobind's option for free threading."
      : "The build does not set nanobind's option for free threading."
    module.evidence.append(
      ModuleEvidence(
        kind: .build, position: fact.position, symbol: FrameworkNames.nanobindDefine))
  }

  // MARK: Modules without C sources

  func fromBuild(besides known: [PythonModule]) -> [PythonModule] {
    let directives = package.buildFacts.filter {
      if case .cythonDirective = $0.kind { true } else { false }
    }
    return package.buildFacts.compactMap { fact in
      let framework: Framework
      var isCompatible: Bool?
      var place = fact.position
      switch fact.kind {
      case .cythonSource(let own):
        framework = .cython
        isCompatible = own
        if own == nil, let directive = directives.first,
          case .cythonDirective(let value) = directive.kind
        {
          isCompatible = value
          place = directive.position
        }
      case .generatedAtBuild(let generator, let value):
        framework = FrameworkNames.framework(of: generator)
        isCompatible = value ?? (generator == .cffi ? true : nil)
      case .limitedAPI, .nanobindFreeThreaded, .cythonDirective, .safeLibrary:
        return nil
      }
      let name = fact.module ?? Self.stem(of: fact.position.path)
      guard !known.contains(where: { Self.isSame($0.name, name) && Self.isBeside($0, fact) })
      else { return nil }
      var module = PythonModule(name: name, position: fact.position)
      module.initialisation = .framework(framework)
      module.evidence = [
        ModuleEvidence(kind: .build, position: place, symbol: Self.setting(of: framework))
      ]
      switch isCompatible {
      case true?:
        module.declaration = .notUsed
        module.why = "\(framework.title) is told that the module is safe without the GIL."
      case false?:
        module.declaration = .used
        module.why = "\(framework.title) is told that the module needs the GIL."
      case nil:
        module.declaration = .missing
        module.why = "Nothing tells \(framework.title) that the module is safe without the GIL."
      }
      return module
    }
  }

  static func setting(of framework: Framework) -> String {
    switch framework {
    case .cython: "freethreading_compatible"
    case .nanobind: FrameworkNames.nanobindDefine
    case .swig: "SWIGPYTHON_NOGIL"
    case .pybind11, .boostPython: FrameworkNames.notUsedTag
    case .cffi, .f2py, .mypyc: ModuleAPI.setGIL
    }
  }

  private static func stem(of path: String) -> String {
    let file = path.split(separator: "/").last ?? ""
    return String(file.prefix { $0 != "." })
  }

  /// The last parts of two dotted names are the same.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    left.split(separator: ".").last == right.split(separator: ".").last
  }

  /// A C file that was generated from the source of a fact stands beside it.
  private static func isBeside(_ module: PythonModule, _ fact: BuildFact) -> Bool {
    func folder(_ path: String) -> Substring {
      path.prefix(upTo: path.lastIndex(of: "/") ?? path.startIndex)
    }
    return folder(module.position.path) == folder(fact.position.path)
  }
}
